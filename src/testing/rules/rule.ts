import type { Exchange } from '../exchange.js';
import type { FailureReason } from '../failure.js';
import { generalWebhookSample } from '../samples.js';
import { type CreateWebhookOptions, createWebhook, type WebhookPayload } from '../webhook.js';

/** What a rule found. */
export interface Verdict {
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly detail: string;
  /** Replaces the fix of the rule where more is known. */
  readonly fix?: string;
}

/** How a rule wants a message sent; as Mews sends it, by default. */
export interface PostOptions {
  readonly tokens?: readonly string[];
  readonly contentType?: string | undefined;
  readonly method?: 'GET';
  readonly sendMs?: number;
}

/** What a rule works with: the receiver, as the rules before it left it. */
export interface Receiver {
  readonly timeoutMs: number;
  readonly token: string | undefined;
  readonly integration: boolean;
  /** The outcome of the documentation's sample, which is sent before all rules. */
  readonly first: Exchange;
  /** Whether that was redirected, and if so whether by a status that Mews follows. */
  readonly redirected: 'no' | 'followed' | 'wrong status';
  /** Set once it is known that the receiver accepts nothing without one. */
  contentType: string | undefined;
  post(body: unknown, options?: PostOptions): Promise<Exchange>;
  /** Sends one message after the other, over one connection if the receiver keeps it. */
  postAlong(bodies: readonly unknown[]): Promise<Exchange[]>;
}

/** One thing that would go wrong in production. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly docsUrl: string;
  /** When it fails, the rules after it are skipped, since they could find nothing. */
  readonly isGate?: true;
  /** When it fails, the check ends: nothing that a later rule finds would help. */
  readonly endsCheck?: true;
  run(receiver: Receiver): Promise<Verdict>;
}

const events = 'https://docs.mews.com/connector-api/events';

/** The pages of the Mews documentation that the rules follow from. */
export const pages = {
  body: `${events}/wh-general#request-body`,
  event: `${events}/wh-general#event`,
  customers: `${events}/wh-general#customeradded-and-customerupdated-events`,
  asynchronous: `${events}/wh-general#asynchronous-processing`,
  integration: `${events}/wh-integration#request-body`,
  faq: `${events}/wh-faq`,
  retries: `${events}/wh-faq#do-you-attempt-to-resend-failed-webhook-messages`,
} as const;

const { EnterpriseId, IntegrationId } = generalWebhookSample;

/** A message that was not sent before. The enterprise is that of the documentation, which hardly a receiver knows. */
export function fresh(options?: CreateWebhookOptions): WebhookPayload {
  return createWebhook({ EnterpriseId, IntegrationId }, options);
}

/** What is sent, with a name for it where there are several. */
export type Step = readonly [name: string, body: unknown, options?: PostOptions];

/** Whether the status is of a class, such as 2 for 2xx. */
export function isStatus(result: Exchange, statusClass: number): boolean {
  return result.kind === 'response' && Math.floor(result.status / 100) === statusClass;
}

/** Passes when the response to every step is 2xx; stops at the first that is not. */
export async function expectAccepted(receiver: Receiver, steps: readonly Step[]): Promise<Verdict> {
  return expectStatus(receiver, steps, 2);
}

/** Passes when the response to every step is 4xx, and the receiver is alive after them. */
export async function expectRefused(receiver: Receiver, steps: readonly Step[]): Promise<Verdict> {
  const verdict = await expectStatus(receiver, steps, 4);
  if (verdict.status !== 'pass') return verdict;
  const after = await receiver.post(fresh());
  if (isStatus(after, 2)) return verdict;
  return {
    status: 'fail',
    detail: `${verdict.detail}; a valid message after it: ${describe(after)}`,
  };
}

async function expectStatus(
  receiver: Receiver,
  steps: readonly Step[],
  statusClass: number,
): Promise<Verdict> {
  let detail = '';
  for (const [name, body, options] of steps) {
    const result = await receiver.post(body, options);
    detail = `${name}: ${describe(result)}`;
    if (!isStatus(result, statusClass)) {
      return { status: 'fail', detail: `${detail}; expected ${statusClass}xx` };
    }
  }
  return { status: 'pass', detail };
}

const failures: Readonly<Record<FailureReason, string>> = {
  timeout: 'no response',
  unreachable: 'no connection',
  tls: 'no TLS connection',
  closed: 'closed the connection without a whole response',
  endless: 'a response that does not end',
};

/** Says what came, without anything of it but the status. */
export function describe(result: Exchange): string {
  const time = seconds(result.durationMs);
  return result.kind === 'response'
    ? `responded ${result.status} in ${time}`
    : `${failures[result.reason]} in ${time}`;
}

/** `3 ms` or `6.2 s`. */
export function seconds(durationMs: number): string {
  return durationMs < 1000
    ? `${Math.ceil(durationMs)} ms`
    : `${Number((durationMs / 1000).toFixed(1))} s`;
}
