// Compares the Mews page about General Webhooks, in Markdown, with the events and operations of the library.
import {
  discriminators,
  type FetchOperation,
  fetchOperations,
  isDiscriminator,
} from '../../src/index.js';

/** An event as the page has it: its name, and the operation that fetches its entity. */
export interface DocumentedEvent {
  readonly discriminator: string;
  readonly operation: string;
  readonly docsUrl: string;
}

/** Where links of the page lead that begin with a slash. */
const site = 'https://docs.mews.com';

/** Reads the table of event discriminators; throws where the page is laid out in another way. */
export function readEvents(page: string): DocumentedEvent[] {
  const lines = page.split(/\r?\n/);
  const heading = lines.findIndex((line) => /^#+ event discriminator$/i.test(line.trim()));
  if (heading === -1) throw new Error('There is no heading "Event discriminator"');
  const start = lines.findIndex((line, index) => index > heading && line.startsWith('|'));
  if (start === -1) throw new Error('There is no table below "Event discriminator"');
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const [titles = [], rule = [], ...rows] = lines
    .slice(start, end === -1 ? undefined : end)
    .map(cellsOf);
  const name = titles.indexOf('Discriminator');
  const operation = titles.indexOf('Fetch operation');
  if (name === -1 || operation === -1 || !rule.every((cell) => /^:?-+:?$/.test(cell))) {
    throw new Error('The table has no columns "Discriminator" and "Fetch operation"');
  }
  if (rows.length === 0) throw new Error('The table has no rows');
  return rows.map((cells) => readRow(cells[name] ?? '', cells[operation] ?? ''));
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function readRow(name: string, operation: string): DocumentedEvent {
  const [, discriminator] = /^`(\w+)`$/.exec(name) ?? [];
  const [, title, link] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(operation) ?? [];
  if (discriminator === undefined)
    throw new Error(`Expected the name of an event, found "${name}"`);
  if (title === undefined || link === undefined) {
    throw new Error(`Expected a link to an operation for ${discriminator}, found "${operation}"`);
  }
  // The Markdown of the page links to the Markdown of another; people read the page without the suffix.
  const docsUrl = new URL(link, site).href.replace(/\.md(?=#|$)/, '');
  return { discriminator, operation: title, docsUrl };
}

/** What has to be edited, one line each; nothing when the library has what the page has. */
export function compare(documented: readonly DocumentedEvent[]): string[] {
  const names = documented.map(({ discriminator }) => discriminator);
  const gone = discriminators.filter((name) => !names.includes(name));
  return [
    ...documented.flatMap(compareEvent),
    ...gone.map(
      (name) =>
        `Gone: ${name}. Mews may still send it: keep it in src/discriminators.ts, and mark its type in src/events.ts as deprecated`,
    ),
  ];
}

function compareEvent({ discriminator, operation, docsUrl }: DocumentedEvent): string[] {
  if (!isDiscriminator(discriminator)) {
    return [
      `New: ${discriminator}, fetched by "${operation}" (${docsUrl}). Follow "Adding an event" in CONTRIBUTING.md`,
    ];
  }
  const known: FetchOperation = fetchOperations[discriminator];
  // The table leaves out the version of an operation, which its link has.
  const name = known.name.replace(/ \(ver [\d-]+\)$/, '');
  const changes = [
    ...(name === operation ? [] : [`name is "${operation}", not "${name}"`]),
    ...(known.docsUrl === docsUrl ? [] : [`docsUrl is ${docsUrl}, not ${known.docsUrl}`]),
  ];
  return changes.map((change) => `Changed: ${discriminator}: ${change}. Edit src/operations.ts`);
}
