/** Counts the requests of each token, from the first request of a burst on. */
export class RateLimit {
  readonly #requests: number;
  readonly #windowMs: number;
  readonly #bursts = new Map<string, { readonly startedAt: number; count: number }>();

  constructor({ requests, windowMs }: { readonly requests: number; readonly windowMs: number }) {
    this.#requests = requests;
    this.#windowMs = windowMs;
  }

  /** Counts a request; returns after how many milliseconds the next ones are accepted if it is too many. */
  count(accessToken: string, now: number): number | undefined {
    let burst = this.#bursts.get(accessToken);
    if (burst === undefined || now >= burst.startedAt + this.#windowMs) {
      burst = { startedAt: now, count: 0 };
      this.#bursts.set(accessToken, burst);
    }
    burst.count++;
    return burst.count > this.#requests ? burst.startedAt + this.#windowMs - now : undefined;
  }
}
