#!/usr/bin/env node
import { run } from './run.js';

const { stdout, stderr } = process;
let isLost = false;
stdout.on('error', (error) => {
  // A reader that closes early, such as `head`, is not an error; a full disk is.
  if (Reflect.get(error, 'code') !== 'EPIPE') isLost = true;
});
// Nobody reads what is written there: that changes no exit code.
stderr.on('error', () => {});

async function main(): Promise<void> {
  const code = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout,
    stderr,
    env: process.env,
    interrupted: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      }),
  });
  // An error of what was written before is known by then.
  await new Promise<void>((resolve) => stdout.write('', () => resolve()));
  if (isLost) stderr.write('mews-webhooks: the output cannot be written\n');
  process.exitCode = isLost && code === 0 ? 2 : code;
}

void main();
