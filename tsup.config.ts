import { defineConfig } from 'tsup';

const library = {
  index: 'src/index.ts',
  integration: 'src/integration/index.ts',
  web: 'src/http/web.ts',
  node: 'src/http/node.ts',
  testing: 'src/testing/index.ts',
};

export default defineConfig({
  entry: { ...library, cli: 'src/cli/main.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // Shared chunks in CJS too: one WebhookParseError class for every entry.
  splitting: true,
  clean: true,
  // Deno and workers know Node's modules by their full names only.
  removeNodeProtocol: false,
  external: [/^node:/],
  // tsup sets an option that TypeScript 6 calls deprecated.
  dts: { entry: library, compilerOptions: { ignoreDeprecations: '6.0' } },
});
