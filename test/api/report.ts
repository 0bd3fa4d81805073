// The public surface as one file for each entry, so that a change of it shows in review as a diff.
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Path of each entry's committed report, and of the declarations that were built for it. */
export const entries: readonly { readonly report: string; readonly declarations: string }[] =
  Object.entries<{ import?: { types: string } }>(manifest.exports).flatMap(([, target]) =>
    target.import === undefined
      ? []
      : {
          report: target.import.types.replace('./dist/', 'test/api/'),
          declarations: target.import.types,
        },
  );

/** The declarations of all exports by name, and after them those that they use and do not export. */
export function reportOf(declarations: string): string {
  if (!existsSync(declarations)) throw new Error(`${declarations} is missing: run npm run build`);
  const program = ts.createProgram([declarations], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(declarations);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${declarations} exports nothing`);

  const resolve = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = new Map(
    checker
      .getExportsOfModule(module)
      .map((symbol) => [resolve(symbol), symbol.name] as const)
      .sort(([, a], [, b]) => (a < b ? -1 : 1)),
  );
  const internal = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    const used = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    if (used !== undefined) {
      const symbol = resolve(used);
      if (isTopLevel(symbol) && !exported.has(symbol) && !internal.has(symbol)) {
        internal.add(symbol);
        symbol.declarations?.forEach(visit);
      }
    }
    node.forEachChild(visit);
  };
  for (const symbol of exported.keys()) symbol.declarations?.forEach(visit);

  return `${[
    ...[...exported.keys()].map(print),
    ...[...internal]
      .map(print)
      .sort()
      .map((text) => `// not exported\n${text}`),
  ].join('\n\n')}\n`;
}

function isTopLevel(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((declaration) => {
    const { fileName } = declaration.getSourceFile();
    const isOurs = fileName.includes('/dist/') && !fileName.includes('/node_modules/');
    return isOurs && ts.isSourceFile(statementOf(declaration).parent);
  });
}

function statementOf(declaration: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

function print(symbol: ts.Symbol): string {
  const printer = ts.createPrinter({ removeComments: true });
  return (symbol.declarations ?? [])
    .map((declaration) =>
      printer.printNode(
        ts.EmitHint.Unspecified,
        statementOf(declaration),
        declaration.getSourceFile(),
      ),
    )
    .join('\n');
}
