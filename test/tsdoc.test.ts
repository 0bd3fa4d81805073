import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
const entries = [
  'src/index.ts',
  'src/fetch/index.ts',
  'src/integration/index.ts',
  'src/http/web.ts',
  'src/http/node.ts',
  'src/http/lambda.ts',
];
const program = ts.createProgram(entries, options);
const checker = program.getTypeChecker();
const exported = entries.flatMap((file) => {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} has no exports`);
  return checker.getExportsOfModule(module);
});

const documented = exported.map((entry) => {
  const symbol = entry.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(entry) : entry;
  const tags = symbol.getJsDocTags(checker);
  const textOf = (name: string) =>
    tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text));
  return {
    name: entry.name,
    isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    examples: textOf('example'),
    links: textOf('see'),
    params: textOf('param'),
    parameters: symbol.valueDeclaration
      ? checker.getTypeOfSymbol(symbol).getCallSignatures()[0]?.parameters.length
      : undefined,
  };
});

describe('every export is documented', () => {
  test.each(documented)('$name', ({ summary }) => {
    expect(summary).not.toBe('');
  });

  test.each(documented.filter(({ isValue }) => isValue))(
    '$name has its parameters, an example and its source',
    ({ examples, links, params, parameters = 0 }) => {
      expect(examples.join()).toMatch(/```ts\nimport .*'mews-webhooks(\/[a-z]+)?'/s);
      expect(links.join()).toMatch(/https?:|docs\.mews\.com|standardschema\.dev/);
      expect(params.length).toBe(parameters);
    },
  );
});

describe('every example compiles', () => {
  const folder = 'test/.tmp/tsdoc';
  const files = documented.flatMap(({ name, examples }) =>
    examples.map((example, index) => ({
      file: `${folder}/${name}-${index}.ts`,
      code: example.replace(/^```ts\n|```$/g, ''),
    })),
  );
  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { file, code } of files) writeFileSync(file, code);
  });

  test('against what was built', () => {
    expect(files.length).toBeGreaterThan(10);
    const examples = ts.createProgram(
      files.map(({ file }) => file),
      { ...options, noUnusedLocals: false },
    );
    const messages = ts
      .getPreEmitDiagnostics(examples)
      .map(({ file, messageText }) => [
        file?.fileName,
        ts.flattenDiagnosticMessageText(messageText, '\n'),
      ]);
    expect(messages).toEqual([]);
  });
});
