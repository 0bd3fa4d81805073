import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

interface Found {
  readonly file: string;
  readonly literal: string;
}

/** Every regular expression of the library: literals, and what `RegExp` is called for. */
function expressionsOf(file: string): Found[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(`src/${file}`, 'utf8'),
    ts.ScriptTarget.ES2022,
  );
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, literal: node.text });
    if (ts.isIdentifier(node) && node.text === 'RegExp') throw new Error(`${file} builds a RegExp`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const expressions = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(expressionsOf);

test('events and tokens meet no regular expression', () => {
  // Those of the core look at the start of a text, or put the path of an issue into words.
  expect(expressions.filter(({ file }) => !/[\\/]/.test(file))).toEqual([
    { file: 'json.ts', literal: '/^\\uFEFF/' },
    { file: 'validate.ts', literal: '/^\\s*{/' },
    { file: 'validate.ts', literal: '/\\.(\\d+)/' },
  ]);
});

// What makes backtracking explode: long runs of what it may repeat, and an end that does not fit.
const runs = [
  ' ',
  '\t',
  '\n',
  'a',
  'A',
  '0',
  '.',
  '/',
  '-',
  '_',
  '=',
  '&',
  '"',
  '\\',
  '\u0080',
  'a ',
  '.0',
  'a.',
];

describe.each(expressions)('$literal of $file', ({ literal }) => {
  test('takes a long hostile text in linear time', () => {
    const end = literal.lastIndexOf('/');
    const expression = new RegExp(literal.slice(1, end), literal.slice(end + 1));
    // Not the time of the clock: a busy machine runs other programs, too.
    const started = process.cpuUsage();
    for (const run of runs) {
      for (const hostile of [run.repeat(100_000), `${run.repeat(100_000)}\u0000`]) {
        hostile.replace(expression, '');
      }
    }
    // In microseconds; quadratic time takes longer for one of them.
    expect(process.cpuUsage(started).user).toBeLessThan(3e6);
  });
});
