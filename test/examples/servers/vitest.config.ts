import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.spec.ts'],
    // The default of one second is too short for a process that starts on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // The machine that runs this may have few cores, and a build of Next.js takes them all.
    fileParallelism: false,
  },
});
