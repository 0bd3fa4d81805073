// The shared endpoint and, in the same process, the worker. README.md lists the environment variables.
import { setTimeout as sleep } from 'node:timers/promises';
import { work } from './batch.js';
import { messageOf } from './log.js';
import { createSharedReceiver } from './receiver.js';
import { openStore } from './store.js';
import { openVault } from './vault.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const token = required('MEWS_TOKEN');
  const platformAddress = required('MEWS_PLATFORM_ADDRESS');
  const clientToken = required('MEWS_CLIENT_TOKEN');
  const client = process.env.MEWS_CLIENT ?? 'mews-webhooks example 1.0.0';
  const { DATABASE = 'integrations.db', HOST = '127.0.0.1', PORT = '3000' } = process.env;

  const store = await openStore(DATABASE, await openVault(required('STORE_KEY')));
  const options = {
    connectionOf: async (integrationId: string) => {
      const accessToken = await store.accessTokenOf(integrationId);
      return accessToken === undefined
        ? undefined
        : { platformAddress, clientToken, accessToken, client };
    },
    timeoutMs: 30_000,
    retryFactor: Number(process.env.RETRY_FACTOR ?? 1),
  };

  const server = createSharedReceiver(token, store);
  server.on('error', (error) => {
    console.error('The receiver can not listen:', messageOf(error));
    process.exit(1);
  });
  server.listen(Number(PORT), HOST, () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : PORT;
    console.log(`Listening on http://${HOST}:${port}/?Token=… (the value of MEWS_TOKEN)`);
  });

  const everyMs = Number(process.env.FETCH_EVERY_MS ?? 1000);
  while (!stop.signal.aborted) {
    try {
      await work(store, options, stop.signal);
    } catch (error) {
      console.error('Batch failed, tried again:', messageOf(error));
    }
    await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  server.close(() => store.close());
  server.closeIdleConnections();
} catch (error) {
  console.error('The server can not start:', messageOf(error));
  process.exit(1);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new TypeError(`${name}: expected a value`);
  return value;
}
