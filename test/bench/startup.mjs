// What importing the core costs at start, and what its types cost the compiler.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

const here = import.meta.dirname;
const core = `${here}/../../dist/index.js`;

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Milliseconds of a process that imports nothing much, or the core; interleaved. */
export function compareImport(rounds) {
  mkdirSync(`${here}/.tmp`, { recursive: true });
  const files = {
    'an empty module': `${here}/.tmp/empty.mjs`,
    'the core': `${here}/.tmp/core.mjs`,
  };
  writeFileSync(files['an empty module'], 'export {};');
  writeFileSync(files['the core'], `import ${JSON.stringify(core)};`);
  const times = Object.fromEntries(Object.keys(files).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, file] of Object.entries(files)) {
      const start = performance.now();
      execFileSync(process.execPath, [file]);
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

const events =
  "'ServiceOrderUpdated', 'ResourceUpdated', 'MessageAdded', 'ResourceBlockUpdated', 'CustomerAdded', 'CustomerUpdated', 'PaymentUpdated'";
const use = `
  for (const event of webhook.Events) {
    switch (event.Discriminator) {
      case 'CustomerAdded': console.log(event.Value.Id); break;
      default: console.log(event.Discriminator);
    }
  }`;
const programs = {
  nothing: 'export {};',
  'mews-webhooks': `import { parseWebhook } from '../../../../dist/types/index.js';
export function print(body: unknown) { const webhook = parseWebhook(body);${use} }`,
  zod: `import * as z from 'zod';
const names = [${events}] as const;
const schema = z.looseObject({ EnterpriseId: z.string().min(1), IntegrationId: z.string().min(1),
  Events: z.array(z.looseObject({ Discriminator: z.enum(names), Value: z.looseObject({ Id: z.string().min(1) }) })) });
export function print(body: unknown) { const webhook = schema.parse(body);${use} }`,
  valibot: `import * as v from 'valibot';
const names = [${events}] as const;
const text = v.pipe(v.string(), v.nonEmpty());
const schema = v.looseObject({ EnterpriseId: text, IntegrationId: text,
  Events: v.array(v.looseObject({ Discriminator: v.picklist(names), Value: v.looseObject({ Id: text }) })) });
export function print(body: unknown) { const webhook = v.parse(schema, body);${use} }`,
  arktype: `import { type } from 'arktype';
const schema = type({ EnterpriseId: 'string > 0', IntegrationId: 'string > 0',
  Events: type({ Discriminator: type.enumerated(${events}), Value: { Id: 'string > 0' } }).array() });
export function print(body: unknown) { const webhook = schema.assert(body);${use} }`,
};

/** Type instantiations of a file that reads a webhook and switches over its events. */
export function compareTypes() {
  const folder = `${here}/.tmp/types`;
  const counts = {};
  for (const [name, program] of Object.entries(programs)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      `${folder}/use.ts`,
      `declare const console: { log(...values: unknown[]): void };\n${program}`,
    );
    const report = execFileSync(
      process.execPath,
      [
        `${here}/node_modules/typescript/lib/tsc.js`,
        ...'--noEmit --strict --skipLibCheck --extendedDiagnostics --target es2022'.split(' '),
        ...'--module nodenext --lib es2022'.split(' '),
        `${folder}/use.ts`,
      ],
      { encoding: 'utf8' },
    );
    counts[name] = Number(/Instantiations:\s+(\d+)/.exec(report)?.[1]);
  }
  return counts;
}
