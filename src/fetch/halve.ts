import { type Failure, isTooMuch, stopsIntegration } from './failure.js';

/** The most lists that are sent for one planned request, once one of them was refused. */
const mostLists = 40;

/**
 * Sends lists of ids one after the other. One that is refused and could be smaller is halved; what
 * fails for good is handed to `onFailure`.
 *
 * @returns The failure after which the integration may send nothing more, if there was one.
 */
export async function sendHalving(
  lists: readonly (readonly string[])[],
  sendList: (list: readonly string[]) => Promise<Failure | undefined>,
  onFailure: (list: readonly string[], failure: Failure) => void,
): Promise<Failure | undefined> {
  const waiting = [...lists].reverse();
  let sent = 0;
  let last: Failure | undefined;
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    if (last !== undefined && (stopsIntegration(last) || sent >= mostLists)) {
      onFailure(list, last);
      continue;
    }
    const failure = await sendList(list);
    sent += 1;
    if (failure === undefined) continue;
    last = failure;
    if (isTooMuch(failure) && list.length > 1) {
      const middle = list.length >> 1;
      waiting.push(list.slice(middle), list.slice(0, middle));
    } else {
      onFailure(list, failure);
    }
  }
  return last !== undefined && stopsIntegration(last) ? last : undefined;
}
