import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyToken } from '../../src/index.js';
import { safeParseAnyWebhook } from '../../src/integration/index.js';

/** What a receiver under test sees of a request. */
export interface Seen {
  readonly request: IncomingMessage;
  readonly url: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly pieces: number;
  readonly inFlight: number;
  /** How many requests this connection has brought, this one included. */
  readonly onConnection: number;
  /** The events, if it is a webhook. */
  readonly events: readonly { Discriminator: string; Value: unknown }[] | undefined;
  readonly message: Record<string, unknown>;
}

/** What it answers; `cut` closes the connection instead, `never` keeps silent. */
interface FaultyResponse {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly delayMs?: number;
  readonly instead?: 'cut' | 'never' | 'endless' | 'stall';
}

export type Fault = (seen: Seen) => FaultyResponse | undefined;

export const token = 'secret';
const running: Server[] = [];

/** Starts a good receiver, but for a fault, and returns its URL. */
export async function startReceiver(fault: Fault = () => undefined): Promise<string> {
  let inFlight = 0;
  const connections = new WeakMap<object, number>();
  const server = createServer(async (request, response) => {
    inFlight++;
    response.on('close', () => {
      inFlight--;
    });
    const onConnection = (connections.get(request.socket) ?? 0) + 1;
    connections.set(request.socket, onConnection);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const bytes = Buffer.concat(chunks);
    const parsed = safeParseAnyWebhook(bytes);
    const webhook = parsed.success && parsed.data.kind === 'general' ? parsed.data.webhook : null;
    const seen: Seen = {
      request,
      url: request.url ?? '',
      bytes,
      text: bytes.toString(),
      pieces: chunks.length,
      inFlight,
      onConnection,
      events: webhook ? [...webhook.Events, ...webhook.UnknownEvents] : undefined,
      message: { ...webhook },
    };
    const usual = () => {
      if (request.method !== 'POST') return 405;
      if (!verifyToken(seen.url, token)) return 401;
      return parsed.success ? 204 : 400;
    };
    const faulty = fault(seen) ?? {};
    await new Promise((resolve) => setTimeout(resolve, faulty.delayMs ?? 0));
    if (faulty.instead === 'cut') return void request.socket.destroy();
    if (faulty.instead === 'never') return;
    const hasBody = faulty.instead !== undefined;
    response.writeHead(hasBody ? 200 : (faulty.status ?? usual()), faulty.headers ?? {});
    if (faulty.instead === 'stall') return void response.write('x');
    if (faulty.instead === 'endless') {
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
      return void response.on('close', () => clearInterval(timer));
    }
    response.end(faulty.body);
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server)}/mews?Token=${token}`;
}

export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

/** Stops every receiver that was started. */
export function stopReceivers(): void {
  for (const server of running.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
}
