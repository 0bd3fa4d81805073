import { isObject } from '../json.js';
import type { HandlerOptions } from './options.js';

/** The callbacks that learn of something and decide nothing. */
export interface Reporter {
  readonly refused: NonNullable<HandlerOptions['onRefused']>;
  readonly failed: NonNullable<HandlerOptions['onError']>;
  readonly invalidEvent: HandlerOptions['onInvalidEvent'];
}

/**
 * Shields a delivery from the faults of these callbacks: none throws, and nobody waits for them. What
 * `onRefused` or `onInvalidEvent` throws goes to `onError`, and to the console where that throws, too.
 */
export function createReporter({
  onRefused,
  onInvalidEvent,
  onError = logError,
}: HandlerOptions): Reporter {
  const failed = (error: unknown) =>
    void run(
      () => onError(error),
      (fault) => {
        logError(error);
        logError(fault);
      },
    );
  return {
    failed,
    refused: (refusal) => void run(() => onRefused?.(refusal), failed),
    invalidEvent:
      onInvalidEvent && ((event, issues) => void run(() => onInvalidEvent(event, issues), failed)),
  };
}

async function run(callback: () => unknown, onFault: (fault: unknown) => void): Promise<void> {
  try {
    await callback();
  } catch (fault) {
    onFault(fault);
  }
}

function logError(error: unknown): void {
  console.error('mews-webhooks:', describe(error));
}

/**
 * The stack, which holds the message, and no other property: the errors of HTTP clients and of database
 * drivers can carry the whole webhook.
 */
function describe(error: unknown): string {
  try {
    const text = isObject(error) ? error.stack : error;
    return typeof text === 'string' ? text : `${typeof error} thrown`;
  } catch {
    return 'an error that cannot be read';
  }
}
