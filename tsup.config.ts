import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    fetch: 'src/fetch/index.ts',
    integration: 'src/integration/index.ts',
    web: 'src/http/web.ts',
    node: 'src/http/node.ts',
    lambda: 'src/http/lambda.ts',
    testing: 'src/testing/index.ts',
    cli: 'src/cli/main.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // Shared chunks in CJS too: one WebhookParseError class for every entry.
  splitting: true,
  clean: true,
  // Deno and workers know Node's modules by their full names only.
  removeNodeProtocol: false,
  external: [/^node:/],
  // The bin prints the version; the rest of the manifest has no place in the bundle.
  esbuildPlugins: [
    {
      name: 'version-of-manifest',
      setup: ({ onLoad }) =>
        onLoad({ filter: /[\\/]package\.json$/ }, () => ({
          contents: JSON.stringify({ version: manifest.version }),
          loader: 'json',
        })),
    },
  ],
  // One declaration file for each source file, by the compiler itself: a consumer that emits
  // declarations can name every type then, which it can't where types lie in chunks with a hash.
  onSuccess: async () => {
    execFileSync('npx', ['--no-install', 'tsc', '-p', 'src'], { stdio: 'inherit' });
    removeInternalDeclarations('dist/types');
    cpSync('dist/types', 'dist/types-cjs', { recursive: true });
    writeFileSync('dist/types-cjs/package.json', '{ "type": "commonjs" }\n');
  },
});

/** Removes the declaration files that no entry leads to: they only describe what nobody can import. */
function removeInternalDeclarations(folder: string): void {
  const reachable = new Set<string>();
  const visit = (file: string): void => {
    if (reachable.has(file)) return;
    reachable.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '(\..*?)\.js'/g)) {
      visit(join(file, '..', `${path}.d.ts`));
    }
  };
  for (const target of Object.values(manifest.exports)) {
    if (typeof target !== 'string') visit(join(target.import.types));
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, file);
    if (path.endsWith('.d.ts') && !reachable.has(path)) rmSync(path);
  }
}
