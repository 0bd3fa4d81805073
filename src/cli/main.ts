#!/usr/bin/env node
import { run } from './run.js';

// A reader that closes early, such as `head`, is not an error.
process.stdout.on('error', () => {});

void run(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
