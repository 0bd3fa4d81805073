import type { Server } from 'node:http';

/** Starts a server on a host and a port, 0 for a free one. Returns the port; rejects when it is in use. */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Of a TCP server it is an object.
  return Number(Object(server.address()).port);
}

/** Stops a server and closes its connections, those in use too. */
export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
