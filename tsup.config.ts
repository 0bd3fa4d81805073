import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

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
  // One declaration file for each source file, by the compiler itself: a consumer that emits
  // declarations can name every type then, which it can't where types lie in chunks with a hash.
  onSuccess: async () => {
    execFileSync('npx', ['--no-install', 'tsc', '-p', 'src'], { stdio: 'inherit' });
    cpSync('dist/types', 'dist/types-cjs', { recursive: true });
    writeFileSync('dist/types-cjs/package.json', '{ "type": "commonjs" }\n');
  },
});
