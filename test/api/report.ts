// The public surface as one file for each entry, so that a change of it shows in review as a diff.
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** The entries with the path of their committed report and of the declarations that were built. */
export const entries: readonly Entry[] = Object.entries<{ import?: { types: string } }>(
  manifest.exports,
).flatMap(([path, target]) =>
  target.import === undefined
    ? []
    : {
        name: path.replace('.', manifest.name),
        report: `test/api/${path === '.' ? 'index' : path.slice(2)}.d.ts`,
        declarations: target.import.types,
      },
);

interface Entry {
  readonly name: string;
  readonly report: string;
  readonly declarations: string;
}

/**
 * The report of each entry: the declarations of its exports by name, and after them those that they use
 * and that are not exported. What an earlier entry has is a line that names that entry.
 */
export function createReports(): ReadonlyMap<string, string> {
  for (const { declarations } of entries) {
    if (!existsSync(declarations)) throw new Error(`${declarations} is missing: run npm run build`);
  }
  const program = ts.createProgram(
    entries.map(({ declarations }) => declarations),
    {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ['node'],
    },
  );
  const checker = program.getTypeChecker();
  const resolve = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

  const exportsOf = new Map(
    entries.map(({ name, declarations }) => {
      const file = program.getSourceFile(declarations);
      const module = file && checker.getSymbolAtLocation(file);
      if (module === undefined) throw new Error(`${declarations} exports nothing`);
      const symbols = checker.getExportsOfModule(module);
      return [name, symbols.sort((a, b) => (a.name < b.name ? -1 : 1)).map(resolve)] as const;
    }),
  );
  // An entry owns what it is the first to export, and else what it is the first to use.
  const ownerOf = new Map<ts.Symbol, string>();
  for (const [name, symbols] of [...exportsOf].reverse()) {
    for (const symbol of symbols) ownerOf.set(symbol, name);
  }

  return new Map(
    entries.map(({ name, report }) => {
      const exported = exportsOf.get(name) ?? [];
      const used = new Set<ts.Symbol>();
      const visit = (node: ts.Node): void => {
        const found = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
        const symbol = found && resolve(found);
        if (symbol && isTopLevel(symbol) && !exported.includes(symbol) && !used.has(symbol)) {
          used.add(symbol);
          if (!ownerOf.has(symbol)) ownerOf.set(symbol, name);
          if (ownerOf.get(symbol) === name) symbol.declarations?.forEach(visit);
        }
        node.forEachChild(visit);
      };
      const own = (symbol: ts.Symbol) => ownerOf.get(symbol) === name;
      for (const symbol of exported.filter(own)) symbol.declarations?.forEach(visit);
      const elsewhere = [
        ...exported.filter((symbol) => !own(symbol)).map((symbol) => ['exports', symbol] as const),
        ...[...used].filter((symbol) => !own(symbol)).map((symbol) => ['uses', symbol] as const),
      ].map(([verb, symbol]) => `// ${verb} ${symbol.name} of ${ownerOf.get(symbol)}`);
      const internal = [...used].filter(own).map(print).sort();
      const text = [
        ...(elsewhere.length > 0 ? [elsewhere.sort().join('\n')] : []),
        ...exported.filter(own).map(print),
        ...internal.map((text) => `// not exported\n${text}`),
      ].join('\n\n');
      return [report, `${text}\n`];
    }),
  );
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
