import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The source files that stay in a bundle of these imports. */
async function filesIn(names: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export { ${names} } from './src/index.js';`, resolveDir: '.' },
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file)
      .filter((file) => file.startsWith('src/'))
      .sort(),
  );
}

test('importing parseWebhook brings nothing but the path from bytes to a webhook', async () => {
  expect(await filesIn('parseWebhook')).toEqual([
    'src/discriminators.ts',
    'src/errors.ts',
    'src/json.ts',
    'src/parse.ts',
    'src/validate.ts',
  ]);
});

test('importing one name of another part brings only what that part needs', async () => {
  expect(await filesIn('dedupeEvents')).toEqual(['src/dedupe.ts']);
  expect(await filesIn('discriminators')).toEqual(['src/discriminators.ts']);
  expect(await filesIn('fetchOperations')).toEqual(['src/operations.ts']);
  expect(await filesIn('verifyToken')).toEqual(['src/json.ts', 'src/token.ts']);
});
