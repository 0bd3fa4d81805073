import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/examples/{queues,integration}/*.spec.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
