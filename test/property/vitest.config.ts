import { defineConfig } from 'vitest/config';

// A part of `npm run proof`: generated inputs take minutes, and hold for the core and the Integration webhooks.
export default defineConfig({
  test: { include: ['test/property/*.test.ts'], maxWorkers: '100%', testTimeout: 60_000 },
});
