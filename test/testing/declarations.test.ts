import { expect, test } from 'vitest';
import { compile } from '../compile.js';

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
  expect(compile(program)).toEqual([]);
});

test('a property that the row does not have is an error that names it', () => {
  expect(compile(program.replace('LastName', 'Surname'))).toEqual([
    expect.stringContaining("'Surname'"),
  ]);
});
