// Receives General and Integration webhooks on one endpoint, keeps the access token of each integration
// encrypted, and fetches with it what the General webhooks name.
import { setInterval } from 'node:timers/promises';
import { fetchPending } from './fetch.js';
import { createSharedReceiver } from './receiver.js';
import { openStore } from './store.js';
import { openVault } from './vault.js';

const {
  MEWS_TOKEN = '',
  STORE_KEY = '',
  FETCH_EVERY_MS = '1000',
  DATABASE = 'integrations.sqlite',
  PORT = '3000',
  CLIENT_TOKEN = '',
  PLATFORM_ADDRESS = 'https://api.mews-demo.com',
} = process.env;

const store = openStore(DATABASE, await openVault(STORE_KEY));
const connection = {
  platformAddress: PLATFORM_ADDRESS,
  clientToken: CLIENT_TOKEN,
  client: 'mews-webhooks example 1.0.0',
};

const server = createSharedReceiver(MEWS_TOKEN, store);
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : PORT;
  console.log(`Listening on http://127.0.0.1:${port}/?Token=… (the value of MEWS_TOKEN)`);
});

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
try {
  for await (const _ of setInterval(Number(FETCH_EVERY_MS), undefined, { signal: stop.signal })) {
    await fetchPending(store, connection);
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
server.close(() => store.close());
