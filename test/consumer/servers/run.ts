// Compiles one program for each server against the packed tarball, with every supported @types/node and
// the newest compilers, and prints a table: `npm run test:package -- servers`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenTarball, install } from '../../package/tarball.js';

/** Whether the program of one server compiles. */
interface Cell {
  readonly server: string;
  readonly node: string;
  readonly compiler: string;
  readonly passed: boolean;
  /** What the compiler complains about. */
  readonly complaints: string;
}

const source = 'test/consumer/servers';
const names = Object.keys(
  JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')).dependencies,
);
const aliasesOf = (prefix: string) => names.filter((name) => name.startsWith(prefix));

/** Compiles every program with every pair of compiler and `@types/node`. */
function checkServers(tarball: string): Cell[] {
  const project = mkdtempSync(join(tmpdir(), 'mews-webhooks-servers-'));
  try {
    cpSync(source, project, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
    install(project, tarball);
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true, // that of the frameworks: not each of them supports each @types/node
      noEmit: true,
    };
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['programs'] }),
    );
    return aliasesOf('types-node').flatMap((types) => {
      const installed = join(project, 'node_modules/@types/node');
      rmSync(installed, { recursive: true });
      cpSync(join(project, 'node_modules', types), installed, { recursive: true });
      return aliasesOf('typescript-').flatMap((compiler) => compile(project, types, compiler));
    });
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function compile(project: string, types: string, compiler: string): Cell[] {
  const tsc = join(project, 'node_modules', compiler, 'bin/tsc');
  const { error, status, stdout, stderr } = spawnSync(tsc, ['-p', project, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (error) throw error;
  const cells = readdirSync(join(project, 'programs')).map((program) => {
    // A complaint may go on over several lines, which are indented.
    const pattern = new RegExp(`^programs/${program}.*(\\n .*)*`, 'gm');
    const complaints = (stdout.match(pattern) ?? []).join('\n');
    const server = program.replace('.ts', '');
    return { server, node: types, compiler, passed: complaints === '', complaints };
  });
  // A failure that belongs to no program must not go unseen.
  if ((status === 0) !== cells.every(({ passed }) => passed)) throw new Error(stdout + stderr);
  return cells;
}

function print(cells: readonly Cell[]): void {
  const columns = [...new Set(cells.map(({ compiler }) => compiler))];
  const rows = [...new Set(cells.map(({ server, node }) => `${server}, ${node}`))].sort();
  console.log(`| server | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`);
  for (const row of rows) {
    const own = cells.filter(({ server, node }) => `${server}, ${node}` === row);
    console.log(`| ${row} | ${own.map(({ passed }) => (passed ? 'pass' : 'FAIL')).join(' | ')} |`);
  }
  for (const { complaints, node, compiler, passed } of cells) {
    if (!passed) console.error(`!!! ${node}, ${compiler}:\n${complaints}`);
  }
}

const cells = checkServers(givenTarball());
print(cells);
process.exitCode = cells.every(({ passed }) => passed) ? 0 : 1;
