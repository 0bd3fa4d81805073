// Says what the library lacks of the Mews page about General Webhooks: npm run upstream -- PAGE.md
// Exit code 0: nothing to do. 1: events or operations are new, gone or changed. 2: the page is not readable.
import { readFileSync } from 'node:fs';
import { compare, type DocumentedEvent, readEvents } from './compare.js';

const [, , path, ...rest] = process.argv;
if (path === undefined || rest.length > 0) fail('Usage: npm run upstream -- PAGE.md');

const documented = read(path);
const differences = compare(documented);
for (const difference of differences) console.log(difference);
if (differences.length > 0) process.exitCode = 1;
else console.log(`Nothing to do: the page has the ${documented.length} events of the library`);

function read(path: string): readonly DocumentedEvent[] {
  try {
    return readEvents(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(`${path} is not readable. ${error instanceof Error ? error.message : error}`);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
