/** What {@link Deadline.passed} resolves with. */
export const timedOut = Symbol('timedOut');

/** The time that one delivery may take, over all its waits. */
export interface Deadline {
  readonly passed: Promise<typeof timedOut>;
  /** Leaves no timer behind. */
  readonly clear: () => void;
}

export function startDeadline(ms: number): Deadline {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<typeof timedOut>((resolve) => {
    timer = setTimeout(resolve, ms, timedOut);
  });
  return { passed, clear: () => clearTimeout(timer) };
}
