import type { CheckOptions } from './check-options.js';
import type { CheckReport, CheckResult } from './check-result.js';
import { connectTo } from './connect.js';
import { basics } from './rules/basics.js';
import { connection } from './rules/connection.js';
import { messages } from './rules/messages.js';
import { refusals } from './rules/refusals.js';
import { fresh, type Receiver, type Rule } from './rules/rule.js';

const rules: readonly Rule[] = [...basics, ...messages, ...refusals, ...connection];

/**
 * Plays Mews against a running receiver, and reports rule by rule what would go wrong in production. It
 * sends some eighty requests, one of them with 5 MB, from Node (`node:http`).
 *
 * @param url - The address of the receiver with its token, such as `http://127.0.0.1:3000/?Token=…`.
 * @param options - See {@link CheckOptions}.
 * @returns The results in the order of the rules. A fault of the receiver is a value, not an error. When
 *   the receiver does not accept the right token, or has no route, that result is the last one.
 * @throws `TypeError` when the URL is not HTTP or names another host without `allowRemote`, when a rule of
 *   `only` does not exist, and when the receiver can't be checked at all: nothing responds there, no
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
  const wanted = idsOf(options?.only);
  const receiver = await connectTo(url, options);
  const results: CheckResult[] = [];
  let obstacle = '';
  for (const { isGate, endsCheck, run, ...rule } of rules) {
    const isWanted = wanted.has(rule.id);
    if (!isWanted && !endsCheck) continue;
    const verdict =
      obstacle === ''
        ? await run(receiver)
        : ({ status: 'skip', detail: `could not be told: ${obstacle}` } as const);
    // Asked for or not, what ends the check is told, since it is the reason of whatever else fails.
    if (!isWanted && verdict.status !== 'fail') continue;
    const result = { ...rule, ...verdict };
    results.push(result);
    options?.onResult?.(result, isWanted ? wanted.size : wanted.size + 1);
    if (obstacle === '' && verdict.status === 'fail') {
      if (endsCheck) break;
      if (isGate) obstacle = `first see to ${rule.id}`;
      else if (!(await isAlive(receiver))) obstacle = `no response to anything since ${rule.id}`;
    }
  }
  return { ok: results.every(({ status }) => status !== 'fail'), results };
}

/** The rules to check, by id; all by default. */
function idsOf(only: readonly string[] | undefined): ReadonlySet<string> {
  const ids = rules.map(({ id }) => id);
  if (only === undefined) return new Set(ids);
  if (only.length === 0 || !only.every((id) => ids.includes(id))) {
    throw new TypeError(`only: expected rules of these: ${ids.join(', ')}`);
  }
  return new Set(only);
}

/** Whether the receiver responds at all, now or after the moment that a restart takes. */
async function isAlive(receiver: Receiver): Promise<boolean> {
  if ((await receiver.post(fresh())).kind === 'response') return true;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await receiver.post(fresh())).kind === 'response';
}
