// What has to be made before peers can be loaded: typia compiles types to code.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildSync } from 'esbuild';

const here = import.meta.dirname;

/** Lets typia generate its validator, and gives the path of the module. */
export function makeTypia() {
  rmSync(`${here}/.tmp`, { recursive: true, force: true });
  execFileSync(
    `${here}/node_modules/.bin/typia`,
    ['generate', '--input', 'peers', '--output', '.tmp', '--project', 'tsconfig.json'],
    { cwd: here, stdio: 'pipe' },
  );
  const outfile = `${here}/.tmp/typia.mjs`;
  buildSync({
    entryPoints: [`${here}/.tmp/typia.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
  });
  return outfile;
}
