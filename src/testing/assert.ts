import { checkReceiver } from './check.js';
import type { CheckOptions } from './check-options.js';
import type { CheckResult } from './check-result.js';

/**
 * Checks a running receiver as {@link checkReceiver} does, for a test: it resolves when no rule fails.
 *
 * @param url - The address of the receiver with its token, such as `http://127.0.0.1:3000/?Token=…`.
 * @param options - See {@link CheckOptions}.
 * @throws `Error` whose message lists each rule that failed with what happened, why it matters and
 *   what to do, without the token; `TypeError` as `checkReceiver` throws it.
 * @see https://docs.mews.com/connector-api/events/wh-faq
 * @example
 * ```ts
 * import { test } from 'vitest';
 * import { assertReceiver } from 'mews-webhooks/testing';
 *
 * test('the receiver is ready for Mews', { timeout: 60_000 }, async () => {
 *   await assertReceiver('http://127.0.0.1:3000/mews?Token=secret-of-the-test');
 * });
 * ```
 * @example
 * ```ts
 * import { test } from 'node:test';
 * import { assertReceiver } from 'mews-webhooks/testing';
 *
 * test('the receiver is ready for Mews', { timeout: 60_000 }, async () => {
 *   await assertReceiver('http://127.0.0.1:3000/mews?Token=secret-of-the-test');
 * });
 * ```
 */
export async function assertReceiver(
  url: string | { readonly href: string },
  options?: CheckOptions,
): Promise<void> {
  const { results } = await checkReceiver(url, options);
  const failed = results.filter(({ status }) => status === 'fail');
  if (failed.length === 0) return;
  const rules = failed.length === 1 ? 'one rule' : `${failed.length} rules`;
  throw new Error(
    [`The receiver is not ready for Mews: ${rules} failed`, ...failed.map(describe)].join('\n\n'),
  );
}

function describe({ id, title, detail, why, fix, docsUrl }: CheckResult): string {
  return [
    `${id}: ${title}`,
    `  what  ${detail}`,
    `  why   ${why}`,
    `  fix   ${fix}`,
    `  docs  ${docsUrl}`,
  ].join('\n');
}
