import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/prepare.ts',
    include: ['test/**/*.test.ts'],
    // Generated inputs belong to `npm run proof`; a test of the README writes a test below .tmp, and runs it.
    exclude: ['test/property/**', 'test/.tmp/**', '**/node_modules/**'],
    // Every core: on a machine with two, Vitest would leave one of them out.
    maxWorkers: '100%',
    // Some compile a program, on machines that others use as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Checks the types of the whole project, and the tests of types by name.
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] },
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { 100: true },
    },
  },
});
