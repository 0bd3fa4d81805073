// Peak memory of reading a 10 MB body, each way in a process of its own.
import { execFileSync } from 'node:child_process';
import { knownEvent, message } from './bodies.mjs';

const core = `${import.meta.dirname}/../../dist/index.js`;
const ways = {
  'JSON.parse': 'globalThis.kept = JSON.parse(text);',
  safeParseWebhook: `globalThis.kept = (await import(${JSON.stringify(core)})).safeParseWebhook(text);`,
};

/** The resident memory, in MB, of the text and what each way adds, above that of an idle process. */
export function compareMemory() {
  const many = (event, bytes) => {
    const count = Math.round(10_000_000 / bytes);
    return message(count, () => event());
  };
  const texts = {
    'valid body of 10 MB': many(knownEvent, 96),
    'hostile body of 10 MB': many(() => ({}), 3),
  };
  return Object.entries(texts).map(([title, text]) => {
    const megabytes = {};
    for (const [way, code] of Object.entries(ways)) {
      const peaks = Array.from({ length: 3 }, () => peakOf(code, text) - peakOf('', ''));
      megabytes[way] = peaks.sort((a, b) => a - b)[1];
    }
    const ratio = megabytes.safeParseWebhook / megabytes['JSON.parse'];
    return { title, megabytes, ratio, goal: 1.3 };
  });
}

function peakOf(code, text) {
  const program = `
    const { readFileSync } = await import('node:fs');
    const text = readFileSync(0, 'utf8');
    ${code}
    // Not resourceUsage(): Linux hands the peak of the process that starts another one on to it.
    const [, kilobytes] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    console.log(kilobytes / 1024);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { input: text }),
  );
}
