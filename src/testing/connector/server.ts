import { closeServer, listen } from '../listen.js';

/** What the mock sends back; with `disconnect` it closes the connection, with `silence` it never responds. */
export type MockResponse =
  | 'disconnect'
  | 'silence'
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly delayMs: number;
    };

/** A request as far as the mock looks at it. */
export interface MockRequest {
  readonly method: string;
  readonly url: string;
  readonly prefersMinimal: boolean;
  /** `undefined` when it is over a megabyte. */
  readonly text: string | undefined;
}

const maxBytes = 1_048_576;

/** Serves on loopback until it is closed. */
export async function serve(
  port: number,
  respond: (request: MockRequest) => MockResponse,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  // Loaded when it is needed, so that the builders of this entry work where there is no Node.
  const { createServer } = await import('node:http');
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= maxBytes) chunks.push(chunk);
    });
    // A client that goes away is no concern of the mock.
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const result = respond({
        method,
        url,
        prefersMinimal: headers.prefer === 'return=minimal',
        text: size > maxBytes ? undefined : Buffer.concat(chunks).toString(),
      });
      if (result === 'silence') return;
      if (result === 'disconnect') {
        request.socket.destroy();
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        response.writeHead(result.status, result.headers).end(result.body);
      }, result.delayMs);
      timers.add(timer);
    });
  });
  return {
    port: await listen(server, port),
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      return closeServer(server);
    },
  };
}
