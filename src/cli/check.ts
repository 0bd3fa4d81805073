import { writeFile } from 'node:fs/promises';
import {
  type CheckAnnouncement,
  type CheckReport,
  type CheckResult,
  checkReceiver,
} from '../testing/index.js';
import { toJunit } from './junit.js';
import { readOptions } from './options.js';
import {
  type Paint,
  painter,
  progressLine,
  type Style,
  type Terminal,
  UsageError,
  wrap,
} from './terminal.js';

const styles: Readonly<Record<CheckResult['status'], Style>> = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  skip: 'grey',
};

/** `check URL`: prints each result as it comes. Returns the exit code. */
export async function check(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positional } = readOptions(args, 'URL', {
    token: { type: 'string' },
    'token-parameter': { type: 'string' },
    integration: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    junit: { type: 'string' },
    'allow-remote': { type: 'boolean' },
  });
  const { stdout, stderr, env } = terminal;
  const paint = painter(stdout, env);
  const progress = progressLine(stderr);
  const width = Math.min(stdout.columns ?? 100, 100);
  let done = 0;
  let rules = 0;
  const report = await checkReceiver(positional, {
    token: values.token,
    tokenParameter: values['token-parameter'],
    integration: values.integration,
    only: values.only,
    allowRemote: values['allow-remote'],
    onStart(announcement) {
      // Standard output is for the report alone where a program reads it.
      const lines = wrap(noticeOf(announcement), width - 1);
      (values.json ? stderr : stdout).write(`${lines.join('\n')}\n\n`);
      progress('waiting for the first response …');
    },
    onResult(result, total) {
      done++;
      rules = total;
      progress('');
      if (!values.json) stdout.write(rowsOf(result, paint, width));
      if (done < total) progress(`${done} of ${total} rules checked …`);
    },
  }).finally(() => progress(''));
  if (values.junit !== undefined) await writeJunit(values.junit, report);
  stdout.write(
    values.json ? `${JSON.stringify(report, null, 2)}\n` : summaryOf(report, rules, paint),
  );
  return report.ok ? 0 : 1;
}

function noticeOf({ requests, events, enterpriseId }: CheckAnnouncement): string {
  return `Sending about ${requests} requests with ${events} invented events, or fewer with --only. The receiver may store them: all are of EnterpriseId ${enterpriseId}, so that they can be deleted.`;
}

function rowsOf(result: CheckResult, paint: Paint, width: number): string {
  const { id, title, status, detail, why, fix, docsUrl } = result;
  const label = paint(styles[status], status.toUpperCase());
  const head = `${label}  ${id.padEnd(19)}  ${title}`;
  if (status === 'pass') return `${head}\n`;
  const indent = (name: string, text: string) =>
    wrap(text, width - 12).map(
      (line, index) => `      ${paint('grey', (index === 0 ? name : '').padEnd(5))} ${line}`,
    );
  const lines = [head, ...indent('what', detail)];
  if (status !== 'skip') {
    lines.push(...indent('why', why), ...indent('fix', fix), ...indent('docs', docsUrl));
  }
  return `${lines.join('\n')}\n`;
}

function summaryOf({ ok, results }: CheckReport, rules: number, paint: Paint): string {
  const counts = (['pass', 'fail', 'warn', 'skip'] as const)
    .map((status) => [results.filter((result) => result.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => paint(styles[status], `${count} ${status}`));
  const unchecked = rules - results.length;
  const rest = unchecked > 0 ? `\n${unchecked} more rules can be checked once that is fixed.` : '';
  return `\n${paint('bold', ok ? 'Ready for Mews' : 'Not ready for Mews')}: ${counts.join(', ')}${rest}\n`;
}

async function writeJunit(file: string, report: CheckReport): Promise<void> {
  try {
    await writeFile(file, toJunit(report));
  } catch {
    throw new UsageError('--junit: the file cannot be written');
  }
}
