// What tests of several folders need.
import { once } from 'node:events';
import { createServer } from 'node:net';

const given = new Set<number>();

/** A port of this machine's loopback address that nothing listens on, and another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    // Below those that the system gives to whoever asks for any: another test would get it meanwhile.
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
