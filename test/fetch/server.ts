// A server on loopback that responds as a test wants, with what came to it.
import { createServer, type RequestListener } from 'node:http';
import { afterEach } from 'vitest';
import { connection } from './webhooks.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A connection to a new server, which is closed after the test. */
export async function serve(listener: RequestListener): Promise<typeof connection> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { ...connection, platformAddress: `http://127.0.0.1:${address.port}` };
}
