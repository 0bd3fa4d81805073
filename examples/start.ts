// Shows the whole job: a receiver, a queue in SQLite, a worker and a mock of the Mews API, all on this
// machine. With PORT set, it keeps listening instead, and shows each delivery.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dedupeEvents, fetchOperations, type GeneralWebhook, parseWebhook } from 'mews-webhooks';
import { generalWebhookSample, startConnectorMock } from 'mews-webhooks/testing';
import { work } from './queues/sqlite/batch.js';
import { openQueue } from './queues/sqlite/queue.js';
import { createReceiver } from './queues/sqlite/receive.js';

// Who reads the output may stop: `npm start | head`.
process.stdout.on('error', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const token = process.env.MEWS_TOKEN ?? randomBytes(16).toString('base64url');
const database = join(folder, 'queue.db');
const queue = await openQueue('receiver', database);
let eventCount = 0;
const receiver = createReceiver(token, async (webhook) => {
  await queue.save(webhook);
  eventCount += webhook.Events.length + webhook.UnknownEvents.length;
  show(webhook);
});
receiver.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
await new Promise((resolve) => receiver.once('listening', resolve));
const address = receiver.address();
const port = typeof address === 'object' ? address?.port : undefined;
const url = `http://127.0.0.1:${port}/?Token=${encodeURIComponent(token)}`;

if (process.env.PORT === undefined) await showTheJob();
else console.log(`Listening on ${url}`);

async function showTheJob(): Promise<void> {
  const { EnterpriseId, IntegrationId } = generalWebhookSample;
  const newcomer = { Id: 'f6313945-94c1-4e27-b402-031c2a8c989f' };
  const messageOf = (...discriminators: string[]) => ({
    EnterpriseId,
    IntegrationId,
    Events: discriminators.map((Discriminator) => ({ Discriminator, Value: newcomer })),
  });
  const deliveries = [
    ['The message of the Mews documentation', generalWebhookSample],
    ['A new customer: Added and Updated', messageOf('CustomerUpdated', 'CustomerAdded')],
    ['An event that this version does not know', messageOf('ResourceDeleted')],
    ['The first message, repeated', generalWebhookSample],
  ] as const;
  for (const [title, body] of deliveries) {
    console.log(`\n${title}`);
    // As Mews sends it: POST, the secret in the URL, and no content type.
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const { status } = await fetch(url, { method: 'POST', body: bytes });
    console.log(`  Stored in the queue; response ${status}`);
  }

  // The clock of the mock, so that a row lags as long as it has to.
  let now = Date.now();
  const mock = await startConnectorMock({
    integrations: [{ integrationId: IntegrationId, enterpriseIds: [EnterpriseId] }],
    now: () => now,
  });
  const { Events: known } = parseWebhook(generalWebhookSample);
  for (const { Discriminator, Value } of known) {
    const { entity } = fetchOperations[Discriminator];
    const thread = entity === 'Message' ? { MessageThreadId: 'thread' } : {};
    await mock.put(entity, { ...Value, ...thread }, { lagMs: entity === 'Payment' ? 60_000 : 0 });
  }
  await mock.put('Customer', newcomer);

  // Retries come after a tenth of the usual time.
  const options = {
    connectionOf: mock.connectionOf,
    messageThreadIdsOf: () => ['thread'],
    retryFactor: 0.1,
  };
  console.log('\nThe worker fetches each entity once. The payment lags behind its event.');
  let rowCount = 0;
  let shown = 0;
  while (rowCount < 7) {
    await work(queue, options, new AbortController().signal);
    for (const { entity, path, status, rows } of mock.requests.slice(shown)) {
      console.log(`  POST ${path.replace('/api/connector/v1', '…')}: ${status}`);
      for (const { Id } of rows) console.log(`    ${entity} ${Id}`);
      rowCount += rows.length;
    }
    shown = mock.requests.length;
    now += 60_000;
    await sleep(100);
  }
  console.log('\nDead letters, which a newer version may know:');
  for (const { reason, webhook } of await queue.deadLetters()) {
    console.log(`  ${reason}: ${parseWebhook(webhook).UnknownEvents[0]?.Discriminator}`);
  }
  console.log(`\n${eventCount} events became ${shown} requests and ${rowCount} rows.`);
  receiver.close();
  await Promise.all([mock.close(), queue.close()]);
}

function show({ Events, UnknownEvents }: GeneralWebhook): void {
  const kept = new Set<unknown>(dedupeEvents(Events));
  for (const event of Events) {
    const merged = kept.has(event) ? '' : ' (merged)';
    console.log(`  ${event.Discriminator} ${event.Value.Id}${merged}`);
  }
  for (const { Discriminator } of UnknownEvents) console.log(`  ${Discriminator}: unknown, kept`);
}
