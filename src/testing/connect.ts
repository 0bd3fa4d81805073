import { readAddress, redirectTarget, tokensOf, withTokens } from './address.js';
import { announcement, type CheckOptions } from './check-options.js';
import { clientFor, exchange, isListening } from './exchange.js';
import type { FailureReason } from './failure.js';
import { encode, follow, isFollowed } from './follow.js';
import { isStatus, type PostOptions, type Receiver } from './rules/rule.js';
import { generalWebhookSample } from './samples.js';

const reasons = {
  unreachable: 'url: nothing responds there. Does the receiver run, and on this host and port?',
  tls: 'url: no TLS connection. Is it https, and is the certificate trusted (NODE_EXTRA_CA_CERTS)?',
  endless: 'url: the response does not end. Does the receiver end every response?',
} satisfies Partial<Record<FailureReason, string>>;

/** Sends the first message to a receiver, and prepares what the rules need to send the others. */
export async function connectTo(
  url: string | { readonly href: string },
  options: CheckOptions | undefined,
): Promise<Receiver> {
  const parameter = options?.tokenParameter ?? 'Token';
  const timeoutMs = options?.timeoutMs ?? 5000;
  const given = readAddress(url, options?.allowRemote === true);
  const token = options?.token ?? tokensOf(given, parameter)[0];
  const address =
    options?.token === undefined ? given : withTokens(given, parameter, [options.token]);
  const body = encode(generalWebhookSample);
  if (!(await isListening(address, timeoutMs * 2))) throw new TypeError(reasons.unreachable);
  options?.onStart?.(announcement);
  // Waits longer than Mews does, to distinguish a slow receiver from a silent one.
  let first = await exchange({ url: address, body, timeoutMs: timeoutMs * 2 });
  let redirected: Receiver['redirected'] = 'no';
  if (isFollowed(first)) {
    if (first.location !== undefined && !redirectTarget(address, first.location)) {
      throw new TypeError('url: it redirects to another host; check that one itself');
    }
    first = await follow({ url: address, body, timeoutMs: timeoutMs * 2 });
    redirected = 'followed';
  } else if (isStatus(first, 3)) {
    redirected = 'wrong status';
  }
  if (first.kind === 'failure' && redirected === 'no') {
    const { reason } = first;
    if (reason === 'unreachable' || reason === 'tls' || reason === 'endless') {
      throw new TypeError(reasons[reason]);
    }
  }
  const request = (message: unknown, how: PostOptions = {}) => ({
    url: how.tokens ? withTokens(address, parameter, how.tokens) : address,
    method: how.method,
    contentType: how.contentType ?? receiver.contentType,
    body: how.method === 'GET' ? undefined : encode(message),
    timeoutMs,
    sendMs: how.sendMs,
  });
  const receiver: Receiver = {
    timeoutMs,
    token,
    integration: options?.integration === true,
    first,
    redirected,
    contentType: undefined,
    post: (message, how) => follow(request(message, how)),
    async postAlong(bodies) {
      const { Agent } = await clientFor(address);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const results = [];
      for (const message of bodies) results.push(await follow({ ...request(message), agent }));
      agent.destroy();
      return results;
    },
  };
  return receiver;
}
