import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    integration: 'src/integration/index.ts',
    web: 'src/http/web.ts',
    node: 'src/http/node.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // Shared chunks in CJS too: one WebhookParseError class for every entry.
  splitting: true,
  clean: true,
  sourcemap: false,
  // tsup sets an option that TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});
