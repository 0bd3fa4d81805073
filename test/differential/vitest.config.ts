import { defineConfig } from 'vitest/config';

// Apart from `npm test`, since the other engines are installed in this folder alone.
export default defineConfig({ test: { include: ['test/differential/engines.ts'] } });
