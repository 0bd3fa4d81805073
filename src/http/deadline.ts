/** What a wait ends with when the time is up. */
export const timedOut = Symbol('timedOut');

/** The time that one delivery may take, from now on and over all its waits. */
export class Deadline {
  readonly #timer: ReturnType<typeof setTimeout>;
  #expire: ((value: typeof timedOut) => void) | undefined;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#expire?.(timedOut), ms);
  }

  /** Settles as `begin` wants, or with `timedOut`. No race of promises: that takes three where one will do. */
  wait(
    begin: (resolve: (value?: unknown) => void, reject: (reason?: unknown) => void) => void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#expire = resolve;
      begin(resolve, reject);
    });
  }

  /** Leaves no timer behind. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
