import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { FailureReason } from './failure.js';

/** One HTTP request, without a content type unless there is one here. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly method?: 'POST' | 'GET' | undefined;
  readonly contentType?: string | undefined;
  readonly body?: Uint8Array | undefined;
  /** Spreads the body over this time. */
  readonly sendMs?: number | undefined;
  /** The connections to use; a new one otherwise. */
  readonly agent?: Agent | undefined;
}

/** The outcome of a request: a response, or the reason why there is none. */
export type Exchange =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly location: string | undefined;
      /** Headers and body, to look for what must not be in them. */
      readonly text: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly durationMs: number };

const maxResponse = 2 ** 20;
const maxChunk = 2 ** 16;

/** Loads the client when it is needed, so that the builders work where there is none. */
export async function clientFor({ protocol }: URL) {
  return protocol === 'https:' ? import('node:https') : import('node:http');
}

/** Whether something accepts connections there; so it is taken to be when that can't be known in time. */
export async function isListening(url: URL, timeout: number): Promise<boolean> {
  const { connect } = await import('node:net');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const defaultPort = url.protocol === 'https:' ? 443 : 80;
  const socket = connect({ host, port: Number(url.port || defaultPort), timeout });
  return new Promise<boolean>((resolve) => {
    const accept = () => resolve(true);
    socket.on('connect', accept).on('timeout', accept);
    socket.on('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

/** Sends a request over `node:http` or `node:https`. Never rejects, and follows nothing. */
export async function exchange(options: ExchangeRequest): Promise<Exchange> {
  const { url, timeoutMs, contentType, body = new Uint8Array(), agent = false } = options;
  const { request } = await clientFor(url);
  const started = performance.now();
  return new Promise((resolve) => {
    let response: IncomingMessage | undefined;
    const fail = (reason: FailureReason) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve({ kind: 'failure', reason, durationMs: performance.now() - started });
    };
    // Before the timer, since it throws for a URL that it can't use.
    const outgoing = request(url, {
      method: options.method ?? 'POST',
      agent,
      headers: {
        ...(options.method === 'GET' ? {} : { 'Content-Length': body.length }),
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
      },
    });
    const timer = setTimeout(() => fail(response ? 'endless' : 'timeout'), timeoutMs);
    outgoing.on('error', (error) => fail(reasonOf(error)));
    outgoing.on('response', (incoming: IncomingMessage) => {
      response = incoming;
      const { statusCode: status = 0, headers, rawHeaders } = incoming;
      let text = `${rawHeaders.join('\n')}\n`;
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxResponse) fail('endless');
      });
      incoming.on('error', () => fail('closed'));
      incoming.on('end', () => {
        clearTimeout(timer);
        // A receiver may respond before it has the whole body; the rest is not sent.
        if (!outgoing.writableFinished) outgoing.destroy();
        const durationMs = performance.now() - started;
        resolve({ kind: 'response', status, location: headers.location, text, durationMs });
      });
    });
    void write(outgoing, body, options.sendMs ?? 0, () => response !== undefined);
  });
}

/** Writes in pieces, so that a response that comes early is seen before the connection breaks. */
async function write(
  outgoing: ClientRequest,
  body: Uint8Array,
  sendMs: number,
  hasResponse: () => boolean,
): Promise<void> {
  const size = sendMs > 0 ? Math.ceil(body.length / 10) : maxChunk;
  for (let start = 0; start + size < body.length; start += size) {
    if (hasResponse() || outgoing.destroyed) return;
    outgoing.write(body.subarray(start, start + size));
    await new Promise((resolve) => setTimeout(resolve, sendMs / 10));
  }
  const last = Math.max(0, Math.ceil(body.length / size) - 1) * size;
  outgoing.end(body.subarray(last));
}

function reasonOf(error: Error): FailureReason {
  const code = String(Reflect.get(error, 'code'));
  if (/CERT|TLS|SSL|EPROTO|SIGNATURE|ISSUER/.test(code)) return 'tls';
  return /^(ECONNRESET|EPIPE|HPE_)/.test(code) ? 'closed' : 'unreachable';
}
