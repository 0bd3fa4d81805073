import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

// The path of the data: each file imports only from those before it.
const core = [
  'discriminators.ts',
  'events.ts',
  'errors.ts',
  'json.ts',
  'validate.ts',
  'parse.ts',
  'dedupe.ts',
  'operations.ts',
  'plan.ts',
  'request.ts',
  'reconcile.ts',
  'token.ts',
  'schema.ts',
  'index.ts',
];

const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(`src/${file}`, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

test('the core is these files, and folders are satellites', () => {
  expect(sources.filter((file) => !file.includes('/')).sort()).toEqual([...core].sort());
});

describe('imports run one way', () => {
  test.each(core)('%s', (file) => {
    for (const path of importsOf(file)) {
      expect(path).toMatch(/^\.\/[a-z]+\.js$/);
      const place = core.indexOf(path.slice(2).replace('.js', '.ts'));
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(core.indexOf(file));
    }
  });

  test('no file of a satellite imports itself by a circle', () => {
    const visit = (file: string, trail: readonly string[]): void => {
      expect(trail).not.toContain(file);
      for (const path of importsOf(file).filter((path) => path.startsWith('.'))) {
        const target = posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts');
        visit(target, [...trail, file]);
      }
    };
    for (const file of sources) visit(file, []);
  });
});

test('the core type-checks on ECMAScript 2020 alone: no Node, no DOM', () => {
  const program = ts.createProgram(['src/index.ts'], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2020.d.ts'],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
  });
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(messages).toEqual([]);
  expect(program.getSourceFiles().some(({ fileName }) => /lib\.dom|@types/.test(fileName))).toBe(
    false,
  );
});
