import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, type Mock, vi } from 'vitest';
import type { HandlerOptions } from '../../src/http/options.js';

export const secret = 'a-secret-of-this-test';
export const path = `/mews?Token=${secret}`;
export const message = {
  EnterpriseId: 'enterprise-1',
  IntegrationId: 'integration-1',
  Events: [{ Discriminator: 'CustomerAdded', Value: { Id: 'customer-1' } }],
};
export const webhook = { ...message, UnknownEvents: [] };
export const text = JSON.stringify(message);

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Starts a server for the length of one test. */
export async function listen(listener: RequestListener): Promise<{ port: number; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, server };
}

/** Posts as Mews does: bytes, and no content type. */
export function post(port: number, body: string | Uint8Array = text, to = path): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${to}`, {
    method: 'POST',
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body.slice(),
  });
}

/** A connection on which a test writes what it wants; `received` is all that came until it closed. */
export function dial(port: number): { socket: Socket; received: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  let data = '';
  socket.on('data', (chunk) => {
    data += chunk;
  });
  socket.on('error', () => {}); // the other side may reset: what it said before counts
  const received = new Promise<string>((resolve) => socket.on('close', () => resolve(data)));
  return { socket, received };
}

/** The head of a POST. */
export function head(...headers: string[]): string {
  return [`POST ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
}

/** Spies for what every handler calls. */
export function callbacks(): {
  onWebhook: Mock<HandlerOptions['onWebhook']>;
  onRefused: Mock<NonNullable<HandlerOptions['onRefused']>>;
  onError: Mock<NonNullable<HandlerOptions['onError']>>;
} {
  return { onWebhook: vi.fn(), onRefused: vi.fn(), onError: vi.fn() };
}

/** Watches for rejections that nobody handles, for `beforeEach` and `afterEach`. */
export function rejections(): { watch: () => void; expectNone: () => Promise<void> } {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  return {
    watch: () => void process.on('unhandledRejection', note),
    async expectNone() {
      await new Promise((resolve) => setTimeout(resolve, 5));
      process.off('unhandledRejection', note);
      expect(unhandled.splice(0)).toEqual([]);
    },
  };
}
