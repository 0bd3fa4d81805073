import { readAddress, redirectTarget, tokensOf, withTokens } from './address.js';
import { clientFor, exchange, isListening } from './exchange.js';
import type { FailureReason } from './failure.js';
import { encode, follow, isFollowed } from './follow.js';
import { basics } from './rules/basics.js';
import { connection } from './rules/connection.js';
import { messages } from './rules/messages.js';
import { refusals } from './rules/refusals.js';
import {
  fresh,
  isStatus,
  type PostOptions,
  type Receiver,
  type Rule,
  unknownEnterpriseId,
} from './rules/rule.js';
import { generalWebhookSample } from './samples.js';

const rules: readonly Rule[] = [...basics, ...messages, ...refusals, ...connection];

/** What a whole check of a receiver without a fault sends. */
export interface CheckAnnouncement {
  readonly requests: number;
  /** Of invented entities, which the receiver may store. */
  readonly events: number;
  /** The fixed identifiers that all of them carry, so that they can be deleted. */
  readonly enterpriseIds: readonly string[];
}

const announcement: CheckAnnouncement = {
  requests: 77,
  events: 642,
  enterpriseIds: [generalWebhookSample.EnterpriseId, unknownEnterpriseId],
};

/** Options of {@link checkReceiver}. */
export interface CheckOptions {
  /** The token to send, instead of one in the URL. */
  readonly token?: string | undefined;
  /** The name of the query parameter that holds it; `Token` by default. */
  readonly tokenParameter?: string | undefined;
  /** Whether Integration webhooks come to the same URL. */
  readonly integration?: boolean | undefined;
  /** The rules to check, by `id`; all by default. */
  readonly only?: readonly string[] | undefined;
  /** How long a response may take, in milliseconds; 5000, as for Mews, by default. */
  readonly timeoutMs?: number | undefined;
  /** Must be `true` for a host that is not this machine. */
  readonly allowRemote?: boolean | undefined;
  /** Receives, before the first request, what is about to be sent. */
  readonly onStart?: ((announcement: CheckAnnouncement) => void) | undefined;
  /** Receives each result as it comes, and the number of rules. */
  readonly onResult?: ((result: CheckResult, total: number) => void) | undefined;
}

/** The result of one rule. It holds neither the URL nor the token. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** `warn`: nothing that stops a message; `skip`: not known, or not asked for. */
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  /** What happened. */
  readonly detail: string;
  /** What it leads to in production. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** The page of the Mews documentation that it follows from. */
  readonly docsUrl: string;
}

/** The result of a check. */
export interface CheckReport {
  /** Whether no rule failed. */
  readonly ok: boolean;
  readonly results: readonly CheckResult[];
}

const reasons = {
  unreachable: 'url: nothing answers there. Does the receiver run, and on this host and port?',
  tls: 'url: no TLS connection. Is it https, and is the certificate trusted (NODE_EXTRA_CA_CERTS)?',
  endless: 'url: the response does not end. Does the receiver end every response?',
} satisfies Partial<Record<FailureReason, string>>;

/**
 * Plays Mews against a running receiver, and reports rule by rule what would go wrong in production. It
 * sends about 77 requests, one of them with 5 MB, from Node (`node:http`).
 *
 * @param url - The address of the receiver with its token, such as `http://127.0.0.1:3000/?Token=…`.
 * @param options - See {@link CheckOptions}.
 * @returns The results in the order of the rules. A fault of the receiver is a value, not an error. When
 *   the receiver does not accept the right token, or has no route, that result is the last one.
 * @throws `TypeError` when the URL is not HTTP or names another host without `allowRemote`, when a rule of
 *   `only` does not exist, and when the receiver can't be checked at all: nothing answers there, no
 *   TLS connection, a response that does not end, a redirect to another host.
 * @see https://docs.mews.com/connector-api/events/wh-faq
 * @example
 * ```ts
 * import { checkReceiver } from 'mews-webhooks/testing';
 *
 * export async function findFaults(url: string) {
 *   const { results } = await checkReceiver(url);
 *   return results.filter(({ status }) => status === 'fail').map(({ detail, fix }) => ({ detail, fix }));
 * }
 * ```
 */
export async function checkReceiver(
  url: string | { readonly href: string },
  options?: CheckOptions,
): Promise<CheckReport> {
  const wanted = selectRules(options?.only);
  const receiver = await connectTo(url, options);
  const results: CheckResult[] = [];
  let obstacle = '';
  for (const { isGate, endsCheck, run, ...rule } of wanted) {
    const verdict =
      obstacle === ''
        ? await run(receiver)
        : ({ status: 'skip', detail: `could not be told: ${obstacle}` } as const);
    const result = { ...rule, ...verdict };
    results.push(result);
    options?.onResult?.(result, wanted.length);
    if (obstacle === '' && verdict.status === 'fail') {
      if (endsCheck) break;
      if (isGate) obstacle = `first see to ${rule.id}`;
      else if (!(await isAlive(receiver))) obstacle = `no answer to anything since ${rule.id}`;
    }
  }
  return { ok: results.every(({ status }) => status !== 'fail'), results };
}

function selectRules(only: readonly string[] | undefined): readonly Rule[] {
  if (only === undefined) return rules;
  const ids = rules.map(({ id }) => id);
  if (only.length === 0 || !only.every((id) => ids.includes(id))) {
    throw new TypeError(`only: expected rules of these: ${ids.join(', ')}`);
  }
  return rules.filter(({ id }) => only.includes(id));
}

/** Whether the receiver responds at all, now or after the moment that a restart takes. */
async function isAlive(receiver: Receiver): Promise<boolean> {
  if ((await receiver.post(fresh())).kind === 'response') return true;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await receiver.post(fresh())).kind === 'response';
}

async function connectTo(
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
  const request = (message: unknown, options: PostOptions = {}) => ({
    url: options.tokens ? withTokens(address, parameter, options.tokens) : address,
    method: options.method,
    contentType: options.contentType ?? receiver.contentType,
    body: options.method === 'GET' ? undefined : encode(message),
    timeoutMs,
    sendMs: options.sendMs,
  });
  const receiver: Receiver = {
    timeoutMs,
    token,
    integration: options?.integration === true,
    first,
    redirected,
    contentType: undefined,
    post: (message, options) => follow(request(message, options)),
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
