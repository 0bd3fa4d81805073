import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/examples/{queues,integration}/*.spec.ts'],
    // The default of one second is too short for a process that starts on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // All side by side: most of the time they wait.
    maxWorkers: 5,
  },
});
