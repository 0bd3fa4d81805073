import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { dedupeEvents, type GeneralWebhook, planFetches } from '../index.js';
import { safeParseAnyWebhook } from '../integration/index.js';
import { readOptions } from './options.js';
import { painter, type Style, type Terminal, UsageError } from './terminal.js';

/** `parse FILE|-`: shows what a message holds. Returns the exit code. */
export async function parse(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positional } = readOptions(args, 'FILE', {});
  const body = await read(positional, terminal.stdin);
  const result = safeParseAnyWebhook(body);
  const { stdout, env } = terminal;
  const paint = painter(stdout, env);
  if (!result.success) {
    const { code, message } = result.error;
    stdout.write(`${paint('red', code)}  ${message}\n`);
    return 1;
  }
  const { data } = result;
  if (data.kind === 'general') {
    stdout.write(describe(data.webhook, paint));
  } else {
    const { Action } = data.kind === 'integration' ? data.webhook : data;
    const known = data.kind === 'integration' ? '' : ', which this version does not know';
    stdout.write(`Integration webhook ${paint('bold', printable(Action))}${known}\n`);
  }
  return 0;
}

async function read(file: string, stdin: Terminal['stdin']): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(stdin) : await readFile(file);
  } catch {
    throw new UsageError('FILE: can not be read');
  }
}

function describe(webhook: GeneralWebhook, paint: (style: Style, text: string) => string): string {
  const { EnterpriseId, IntegrationId, Events, UnknownEvents } = webhook;
  const kept = new Set(dedupeEvents(Events));
  const lines = [
    `Enterprise ${printable(EnterpriseId)}, integration ${printable(IntegrationId)}`,
    '',
  ];
  for (const event of Events) {
    const note = kept.has(event) ? '' : paint('grey', '  merged with another of the same entity');
    lines.push(`  ${event.Discriminator.padEnd(20)}  ${printable(event.Value.Id)}${note}`);
  }
  for (const { Discriminator } of UnknownEvents) {
    lines.push(
      `  ${printable(Discriminator).padEnd(20)}  ${paint('yellow', 'unknown, kept as it came')}`,
    );
  }
  const requests = planFetches(webhook);
  const plan = `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`;
  lines.push('', `${Events.length + UnknownEvents.length} events, ${plan} to fetch the entities`);
  for (const { operation, ids, ...request } of requests) {
    const missing = request.kind === 'incomplete' ? `; add ${request.missing.join(', ')}` : '';
    lines.push(`  ${operation.name}: POST ${operation.path} (${ids.length} of them${missing})`);
  }
  return `${lines.join('\n')}\n`;
}

/** Without what steers a terminal: the file may come from anybody. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
