// Receives the message of the Mews documentation and three more, and prints what becomes of them.
// With PORT set, it keeps listening instead, and prints what is posted to it.
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dedupeEvents, type GeneralWebhook, planFetches } from 'mews-webhooks';
import { createReceiver, describe } from './receiver.js';

const secret = process.env.MEWS_TOKEN ?? 'a-secret-for-this-demo';
const stored: GeneralWebhook[] = [];
const server = createReceiver([secret], async (webhook) => {
  stored.push(webhook);
  if (process.env.PORT !== undefined) print([webhook]);
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

if (process.env.PORT !== undefined) {
  console.log(`Listening on http://127.0.0.1:${port}/?Token=… (the value of MEWS_TOKEN)`);
} else {
  const sample = await readFile(new URL('sample.json', import.meta.url), 'utf8');
  const { EnterpriseId, IntegrationId } = JSON.parse(sample);
  const newcomer = { Id: 'f6313945-94c1-4e27-b402-031c2a8c989f' };
  const messages = {
    'The message of the documentation': sample,
    'A new customer, whose Added and Updated come together': JSON.stringify({
      EnterpriseId,
      IntegrationId,
      Events: [
        { Discriminator: 'CustomerUpdated', Value: newcomer },
        { Discriminator: 'CustomerAdded', Value: newcomer },
      ],
    }),
    'An event that this version does not know': JSON.stringify({
      EnterpriseId,
      IntegrationId,
      Events: [{ Discriminator: 'ResourceDeleted', Value: newcomer }],
    }),
    'The first message, delivered again': sample,
  };
  for (const [title, body] of Object.entries(messages)) {
    // As Mews sends it: POST, the secret in the URL, and no content type.
    const response = await fetch(`http://127.0.0.1:${port}/?Token=${encodeURIComponent(secret)}`, {
      method: 'POST',
      body: new TextEncoder().encode(body),
    });
    console.log(`\n${title}: answered ${response.status}`);
    print(stored.slice(-1));
  }
  console.log('\nThe requests that fetch every entity once:');
  for (const request of planFetches(stored)) {
    console.log(`\n  ${request.operation.name}: POST ${request.operation.path}`);
    console.log(indent(JSON.stringify(request.body, null, 2)));
    if (request.kind === 'incomplete')
      console.log(`    still to add: ${request.missing.join(', ')}`);
  }
  server.close();
}

function print(webhooks: readonly GeneralWebhook[]): void {
  for (const { Events, UnknownEvents } of webhooks) {
    for (const event of Events) console.log(`  ${event.Discriminator}: ${describe(event)}`);
    for (const event of UnknownEvents) console.log(`  ${event.Discriminator}: unknown, kept`);
    const deduped = dedupeEvents(Events);
    for (const event of Events.filter((event) => !deduped.includes(event))) {
      console.log(`  merged: ${event.Discriminator} ${event.Value.Id}`);
    }
  }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
