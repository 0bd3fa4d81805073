/** What a wait that took too long resolves with. */
export const timedOut: unique symbol = Symbol('timedOut');

/** The time that one delivery may take, over all its waits. */
export class Deadline {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #expired: Promise<typeof timedOut>;

  constructor(ms: number) {
    this.#expired = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms, timedOut);
    });
  }

  /** Waits for `work` or for the deadline, whichever comes first. */
  wait<T>(work: T | Promise<T>): Promise<T | typeof timedOut> {
    return Promise.race([work, this.#expired]);
  }

  /** Leaves no timer behind. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
