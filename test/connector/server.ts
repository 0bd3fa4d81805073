import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Connector } from './connector.js';

export interface ConnectorServer {
  readonly platformAddress: string;
  /** Milliseconds between an answer's making and its sending, from now on. */
  readonly setDelay: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts a stand-in on a free port of the loopback interface. */
export async function startConnector(connector: Connector): Promise<ConnectorServer> {
  let delay = 0;
  const server = createServer(async (request, response) => {
    try {
      const { method = '', url = '' } = request;
      const { status, headers, body } = connector.answer(method, url, await text(request));
      await new Promise((resolve) => setTimeout(resolve, delay));
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    platformAddress: `http://127.0.0.1:${address.port}`,
    setDelay: (ms) => {
      delay = ms;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
