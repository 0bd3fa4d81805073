import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = 'test/.tmp/testing-declarations';
beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of a program against what was built, on ECMAScript 2020 alone. */
function check(name: string, code: string): string[] {
  const file = `${folder}/${name}.ts`;
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2020.d.ts'],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const program = `
import { fetchEntities } from 'mews-webhooks/fetch';
import { assertReceiver, createEvent, createWebhook, deliver, startConnectorMock } from 'mews-webhooks/testing';
import { parseWebhook } from 'mews-webhooks';
export async function run(url: string) {
  const mock = await startConnectorMock({ deliver: url });
  const [delivery] = await mock.put('Customer', { Id: 'c1', LastName: 'Smith' });
  await mock.change('ServiceOrder', 'r1', { State: 'Canceled' });
  const webhook = parseWebhook(createWebhook({ Events: [createEvent('CustomerAdded', 'c1')] }));
  const { entities } = await fetchEntities(webhook, { connectionOf: mock.connectionOf });
  await deliver(url, webhook);
  await assertReceiver(url);
  return [delivery?.ok, entities.length, mock.requests.map(({ status }) => status)];
}`;

test('neither @types/node nor the DOM is needed', () => {
  expect(check('es2020', program)).toEqual([]);
});

test('a property that the row does not have is an error that names it', () => {
  expect(check('wrong', program.replace('LastName', 'Surname'))).toEqual([
    expect.stringContaining("'Surname'"),
  ]);
});
