import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { safeParseAnyWebhook } from '../integration/index.js';
import { describeError, describeWebhook } from './describe.js';
import { readOptions } from './options.js';
import { painter, type Terminal, UsageError } from './terminal.js';

/** `parse FILE|-`: shows what a message holds, or all that is wrong with it. Returns the exit code. */
export async function parse(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positional } = readOptions(args, 'FILE', {});
  const result = safeParseAnyWebhook(await read(positional, terminal.stdin));
  const { stdout, env } = terminal;
  const paint = painter(stdout, env);
  const lines = result.success
    ? describeWebhook(result.data, paint)
    : describeError(result.error, paint);
  stdout.write(`${lines.join('\n')}\n`);
  return result.success ? 0 : 1;
}

async function read(file: string, stdin: Terminal['stdin']): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(stdin) : await readFile(file);
  } catch {
    throw new UsageError('FILE: the file cannot be read');
  }
}
