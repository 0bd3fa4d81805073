import type { CheckResult } from './check-result.js';
import { generalWebhookSample } from './samples.js';

/** What a whole check of a receiver without a fault sends. */
export interface CheckAnnouncement {
  readonly requests: number;
  /** Of invented entities, which the receiver may store. */
  readonly events: number;
  /** The fixed identifier that all of them carry, so that they can be deleted. */
  readonly enterpriseId: string;
}

/** What {@link CheckOptions.onStart} receives. */
export const announcement: CheckAnnouncement = {
  requests: 76,
  events: 639,
  enterpriseId: generalWebhookSample.EnterpriseId,
};

/** Options of `checkReceiver` and `assertReceiver`. */
export interface CheckOptions {
  /** The token to send, instead of one in the URL. */
  readonly token?: string | undefined;
  /** The name of the query parameter that holds it; `Token` by default. */
  readonly tokenParameter?: string | undefined;
  /** Whether Integration webhooks come to the same URL. */
  readonly integration?: boolean | undefined;
  /** The rules to check, by `id`; all by default. That the right token is accepted is checked in any case. */
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
