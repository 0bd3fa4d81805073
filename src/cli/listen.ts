import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createNodeHandler } from '../http/node.js';
import type { AnyWebhook } from '../integration/index.js';
import { readAddress } from '../testing/address.js';
import type { FailureReason } from '../testing/failure.js';
import { follow } from '../testing/follow.js';
import { closeServer, listen as startServer } from '../testing/listen.js';
import { readSecrets } from '../token.js';
import { type Handled, printerFor } from './listen-printer.js';
import { readNumber, readOptions } from './options.js';
import { Recording } from './recording.js';
import { messageOf, type Terminal, UsageError } from './terminal.js';

/** `listen`: shows each delivery until the user ends it. Returns the exit code. */
export async function listen(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = readOptions(args, null, {
    port: { type: 'string' },
    host: { type: 'string' },
    token: { type: 'string' },
    'token-parameter': { type: 'string' },
    forward: { type: 'string' },
    record: { type: 'string' },
    json: { type: 'boolean' },
    'allow-remote': { type: 'boolean' },
  });
  const port = readNumber('--port', values.port, [0, 65_535], 4000);
  const host = values.host ?? '127.0.0.1';
  const token = values.token ?? randomBytes(16).toString('hex');
  const tokenParameter = values['token-parameter'] ?? 'Token';
  const forward =
    values.forward === undefined
      ? undefined
      : readAddress(values.forward, values['allow-remote'] === true, '--forward');
  const settings = { token, tokenParameter, forward };
  readSecrets(token, '--token');
  if (tokenParameter === '') throw new UsageError('--token-parameter: expected non-empty text');

  const recording = values.record === undefined ? undefined : await Recording.open(values.record);
  const printer = printerFor(terminal, values.json === true);
  const inFlight = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const delivery = handle(request, response, settings, recording).then((handled) => {
      printer.delivery(handled);
      inFlight.delete(delivery);
    });
    inFlight.add(delivery);
  });
  try {
    const listeningPort = await startServer(server, port, host).catch(() => {
      throw new UsageError('--port, --host: in use, or not an address of this machine');
    });
    const address = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${listeningPort}/`);
    if (values.token === undefined) address.searchParams.set(tokenParameter, token);
    // Before the address is printed: whoever reads it may end the listener at once.
    const interrupted = terminal.interrupted();
    printer.address(address.href, values.token === undefined);
    await interrupted;
    await closeServer(server);
    await Promise.all(inFlight);
    printer.summary();
    return 0;
  } finally {
    await recording?.close();
  }
}

interface Settings {
  readonly token: string;
  readonly tokenParameter: string;
  readonly forward: URL | undefined;
}

/** Responds to one delivery, and returns what there is to print of it. */
async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { token, tokenParameter, forward }: Settings,
  recording: Recording | undefined,
): Promise<Handled> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  let size = 0;
  // Beside the handler, which reads no more than its limit of a megabyte.
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= 1_048_576) chunks.push(chunk);
  });
  let webhook: AnyWebhook | null = null;
  let refusal: Handled['refusal'] = null;
  let forwarded: number | FailureReason | null = null;
  let problem: string | null = null;

  const accept = async (accepted: AnyWebhook) => {
    webhook = accepted;
    const body = Buffer.concat(chunks);
    if (accepted.kind === 'general') await recording?.append(body);
    if (forward) {
      const contentType = request.headers['content-type'];
      const result = await follow({ url: forward, body, contentType, timeoutMs: 5000 });
      forwarded = result.kind === 'response' ? result.status : result.reason;
    }
  };
  const handler = createNodeHandler({
    token,
    tokenParameter,
    // Longer than the forward may take, whose status is to be handed back.
    timeoutMs: 10_000,
    onWebhook: (general) => accept({ kind: 'general', webhook: general }),
    onIntegrationWebhook: (integration) =>
      accept(
        'kind' in integration
          ? { ...integration, kind: 'unknown-integration' }
          : { kind: 'integration', webhook: integration },
      ),
    onRefused: ({ reason, error }) => {
      refusal = { reason, error };
    },
    onError: (error) => {
      problem = messageOf(error);
    },
  });
  let status: number | null = null;
  await handler(request, {
    get headersSent() {
      return response.headersSent;
    },
    writeHead(usual, headers) {
      // Node.js sends no final response with a status below 200.
      const handedBack = typeof forwarded === 'number' && forwarded >= 200 ? forwarded : 502;
      status = forwarded === null ? usual : handedBack;
      response.writeHead(status, headers);
    },
    flushHeaders: () => response.flushHeaders(),
    end: (body?: string) => response.end(body),
  });
  const durationMs = performance.now() - started;
  return { at: new Date(), status, durationMs, webhook, refusal, forwarded, problem };
}
