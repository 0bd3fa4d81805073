// Installs the packed tarball into one project for each module system and into one that holds every
// supported TypeScript, uses all entries there, and prints a table.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenTarball, install, specifiers } from '../package/tarball.js';

const projects = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const typescript = join(projects, 'typescript');

/** The entries whose declarations may use the DOM library; the others need ECMAScript 2020 alone. */
const needsDom: readonly string[] = ['mews-webhooks/web'];

interface Compiler {
  readonly version: string;
  readonly resolutions: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  /** It finds no name for a type of another entry when it emits declarations of an ES module. */
  readonly cannotInfer?: true;
}

const resolutions = ['node10', 'node16, ESM', 'node16, CJS', 'nodenext, ESM', 'nodenext, CJS'];
const columns = [...resolutions, 'bundler'];
const compilers: readonly Compiler[] = [
  { version: '4.7', resolutions, cannotInfer: true },
  { version: '4.9', resolutions },
  { version: '5.0', resolutions: columns },
  { version: '5.4', resolutions: columns },
  { version: '5.9', resolutions: columns },
  {
    version: '6.0',
    resolutions: columns,
    options: { ignoreDeprecations: '6.0' },
  },
  { version: '7.0', resolutions: columns.slice(1) },
];

function moduleOptions(resolution: string): Readonly<Record<string, string>> {
  const [mode = ''] = resolution.split(',');
  // The oldest compilers know node10 by its first name only.
  if (mode === 'node10') return { module: 'commonjs', moduleResolution: 'node' };
  return { module: mode === 'bundler' ? 'esnext' : mode, moduleResolution: mode };
}

/** Compiles one program, and returns what the compiler complains about. */
function compile(
  { version, options }: Compiler,
  resolution: string,
  files: Readonly<Record<string, string>>,
  lib: readonly string[],
): string {
  const program = mkdtempSync(join(typescript, 'program-'));
  const type = resolution.endsWith('ESM') || resolution === 'bundler' ? 'module' : 'commonjs';
  writeFileSync(join(program, 'package.json'), JSON.stringify({ type }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(program, name), text);
  const compilerOptions = {
    ...moduleOptions(resolution),
    lib,
    types: [],
    ...options,
    target: 'es2020',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    // A user who publishes a package emits declarations: the compiler has to find a name for each type.
    declaration: true,
    emitDeclarationOnly: true,
    outDir: 'out',
  };
  writeFileSync(join(program, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const compiler = join(typescript, 'node_modules', `typescript-${version}`, 'bin', 'tsc');
  const { error, status, stdout, stderr } = spawnSync(compiler, ['-p', program], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error) throw error;
  assert.equal(stdout === '', status === 0, stderr);
  return stdout;
}

const es2020 = ['es2020'];

/** Compiles a use of every entry, with no more than its declarations need. */
function check(compiler: Compiler, resolution: string): string {
  const programsOf = (entries: readonly string[]) =>
    Object.fromEntries(
      entries.map((entry, index) => [`entry${index}.ts`, entryProgram(entry, compiler)]),
    );
  const dom = specifiers.filter((specifier) => needsDom.includes(specifier));
  const others = specifiers.filter((specifier) => !needsDom.includes(specifier));
  const files = {
    'core.ts': coreProgram,
    'integration.ts': integrationProgram,
    ...programsOf(others),
  };
  return [
    compile(compiler, resolution, files, es2020),
    dom.length > 0 ? compile(compiler, resolution, programsOf(dom), ['es2020', 'dom']) : '',
  ].join('');
}

const coreProgram = readFileSync('test/consumer/typescript/core.ts', 'utf8');
const integrationProgram = readFileSync('test/consumer/typescript/integration.ts', 'utf8');
const entryProgram = (specifier: string, { cannotInfer }: Compiler) => `
import * as entry from '${specifier}';
type IsAny<T> = 0 extends 1 & T ? true : false;
// TypeScript 4.7 sees a default export wherever an ES module is imported whole.
type Names = Exclude<keyof typeof entry, 'default'>;
export const resolved: { readonly [K in Names]: IsAny<(typeof entry)[K]> } & {
  readonly [name: string]: false;
} = ${JSON.stringify(Object.fromEntries((namesOf[specifier] ?? []).map((name) => [name, false])))};
${cannotInfer ? '' : (namesOf[specifier] ?? []).map((name) => `export const inferred_${name} = entry.${name};`).join('\n')}
`;

let namesOf: Readonly<Record<string, readonly string[]>> = {};
let failures = 0;
try {
  const tarball = givenTarball();
  const [esm, cjs] = ['esm', 'cjs'].map((name) => {
    const project = join(projects, name);
    cpSync(join('test/consumer', name), project, { recursive: true });
    install(project, tarball);
    return execFileSync(process.execPath, ['index.js'], { cwd: project, encoding: 'utf8' });
  });
  assert.equal(esm, cjs);
  const { EnterpriseId, entries, errors } = JSON.parse(esm ?? '');
  assert.equal(EnterpriseId, 'e');
  assert.ok(errors > 0);
  namesOf = Object.fromEntries(
    specifiers.map((specifier) => [specifier, entries[specifier.replace('mews-webhooks', '.')]]),
  );
  for (const [specifier, names] of Object.entries(namesOf)) {
    assert.ok(names.length > 0, `${specifier} exports nothing`);
    console.log(`ok: ${specifier}: import and require give the same ${names.length} exports`);
  }

  cpSync('test/consumer/typescript', typescript, { recursive: true });
  install(typescript, tarball);
  console.log(
    `\n| TypeScript | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`,
  );
  for (const compiler of compilers) {
    const cells = columns.map((resolution) => {
      if (!compiler.resolutions.includes(resolution)) {
        // The compiler itself has to say that it has no such mode.
        const refusal = compile(compiler, resolution, { 'empty.ts': 'export {};' }, es2020);
        assert.match(refusal, /error TS(5108|6046)/);
        return '–';
      }
      const complaints = check(compiler, resolution);
      if (complaints === '') return 'pass';
      failures += 1;
      console.error(`!!! TypeScript ${compiler.version}, ${resolution}:\n${complaints}`);
      return 'FAIL';
    });
    console.log(`| ${compiler.version} | ${cells.join(' | ')} |`);
  }
} finally {
  rmSync(projects, { recursive: true, force: true });
}
console.log('–: the compiler has no such mode.');
process.exitCode = failures === 0 ? 0 : 1;
