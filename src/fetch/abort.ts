import type { FetchSignal } from './client.js';

/**
 * Gives the work a signal that aborts when the outer one does and when the work has ended, so that
 * nothing goes on after a failure. Rejects with the outer signal's reason at once.
 */
export async function runAbortable<T>(
  outer: FetchSignal | undefined,
  work: (signal: FetchSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort);
  const aborted = rejectWhenAborted(signal);
  if (outer?.aborted) abort();
  try {
    return await Promise.race([aborted, work(signal)]);
  } finally {
    outer?.removeEventListener('abort', abort);
    controller.abort();
  }
}

export function throwIfAborted(signal: FetchSignal): void {
  if (signal.aborted) throw signal.reason;
}

/** For a race: without one, the rejection would be unhandled. */
export function rejectWhenAborted(signal: FetchSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
