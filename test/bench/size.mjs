// Bundles the library and its peers for the same job, minified, and enforces the library's budgets.
import { brotliCompressSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { makeTypia } from './prepare.mjs';

const here = import.meta.dirname;
const core = `${here}/../../dist/index.js`;

const rows = [
  ['parseWebhook alone', `export { parseWebhook } from '${core}'`, 1700],
  ['the whole core', `export * from '${core}'`, 4608],
  ...['typia', 'valibot', 'zod-mini', 'zod', 'arktype', 'typebox', 'ajv'].map((peer) => {
    const path = peer === 'typia' ? makeTypia() : `${here}/peers/${peer}.mjs`;
    return [`${peer}, validator alone`, `export { issuesOf } from '${path}'`];
  }),
];

console.log('| bundle | minified, bytes | and brotli | budget |\n|---|--:|--:|--:|');
for (const [name, contents, budget] of rows) {
  const { text } = buildSync({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  }).outputFiles[0];
  const compressed = brotliCompressSync(text).length;
  console.log(`| ${name} | ${text.length} | ${compressed} | ${budget ?? ''} |`);
  if (compressed > budget) {
    console.error(`${name} is larger than its budget of ${budget} bytes`);
    process.exitCode = 1;
  }
}
