import {
  describe,
  expectRefused,
  fresh,
  isStatus,
  pages,
  type Receiver,
  type Rule,
  type Verdict,
} from './rule.js';

const anyone = 'Only the token distinguishes Mews from anybody else who knows the URL.';
const compare =
  'Compare before anything else, in constant time, and respond with 401 (verifyToken); refuse to start without a configured token.';
const sound = 'What is not a webhook must be refused, and must not end the process.';
const validate =
  'Catch what parsing throws and respond with 400 (safeParseWebhook). Validate before you store.';

/** What a receiver must not accept. */
export const refusals: readonly Rule[] = [
  tokenRule('wrong-token', 'Refuses a wrong token', (token) => [
    [`${token}x`],
    [`not-${token}`],
    // By characters, since half of a surrogate pair can't be sent.
    [[...token].slice(0, -1).join('')],
  ]),
  tokenRule('missing-token', 'Refuses a missing token', () => [[]]),
  tokenRule('empty-token', 'Refuses an empty token', () => [['']]),
  tokenRule('doubled-token', 'Refuses a doubled token', (token) => [
    [token, `not-${token}`],
    [`not-${token}`, token],
  ]),
  {
    id: 'get',
    title: 'Refuses GET',
    why: 'Mews sends POST only. Link previews, crawlers and scanners send GET.',
    fix: 'Register the route for POST, and respond to the rest with 405.',
    docsUrl: pages.body,
    async run(receiver) {
      const result = await receiver.post('', { method: 'GET' });
      if (isStatus(result, 4)) return { status: 'pass', detail: describe(result) };
      return { status: isStatus(result, 2) ? 'warn' : 'fail', detail: describe(result) };
    },
  },
  {
    id: 'malformed-json',
    title: 'Refuses malformed JSON',
    why: sound,
    fix: validate,
    docsUrl: pages.body,
    run: (receiver) =>
      expectRefused(receiver, [
        ['no JSON', 'no JSON'],
        ['cut off', JSON.stringify(fresh()).slice(0, -10)],
        ['no body', ''],
      ]),
  },
  {
    id: 'wrong-shape',
    title: 'Refuses JSON that is not a webhook',
    why: sound,
    fix: `${validate} If these are accepted, the body may never be read: does its parser wait for a content type?`,
    docsUrl: pages.body,
    run: (receiver) =>
      expectRefused(receiver, [
        ['{}', {}],
        ['null', 'null'],
        ['no EnterpriseId', { ...fresh(), EnterpriseId: undefined }],
        ['Events that is no array', { ...fresh(), Events: {} }],
        ['an event that is null', { ...fresh(), Events: [null] }],
        ['an event without Value', { ...fresh(), Events: [{ Discriminator: 'PaymentUpdated' }] }],
      ]),
  },
  {
    id: 'wrong-utf-8',
    title: 'Refuses what is not UTF-8',
    why: 'Decoding it anyway changes identifiers unnoticed.',
    fix: 'Give the bytes, not a decoded string, to parseWebhook.',
    docsUrl: pages.body,
    async run(receiver) {
      const body = new TextEncoder().encode(JSON.stringify(fresh()));
      // The first byte of an identifier becomes one that UTF-8 does not have.
      body[body.indexOf(0x38)] = 0xff;
      const result = await receiver.post(body);
      if (isStatus(result, 2)) return { status: 'warn', detail: `accepted: ${describe(result)}` };
      return expectRefusedAndAlive(receiver, result);
    },
  },
  {
    id: '5-mb',
    title: 'Refuses a body of 5 MB that is not a webhook',
    why: 'Anybody can send it. A receiver that runs out of memory or hangs on it is down for Mews, too.',
    fix: 'Limit the body to 1 MB or so, respond with 413, and keep running when the sender goes on.',
    docsUrl: pages.body,
    async run(receiver) {
      const body = { Padding: 'x'.repeat(5_000_000) };
      const result = await receiver.post(body);
      const isCut = result.kind === 'failure' && result.reason === 'closed';
      if (!isCut) return expectRefusedAndAlive(receiver, result);
      const after = await receiver.post(fresh());
      const detail = `${describe(result)}; a valid message after it: ${describe(after)}`;
      return { status: isStatus(after, 2) ? 'warn' : 'fail', detail };
    },
  },
];

async function expectRefusedAndAlive(
  receiver: Receiver,
  result: Receiver['first'],
): Promise<Verdict> {
  if (!isStatus(result, 4)) return { status: 'fail', detail: `${describe(result)}; expected 4xx` };
  const after = await receiver.post(fresh());
  if (isStatus(after, 2)) return { status: 'pass', detail: describe(result) };
  return {
    status: 'fail',
    detail: `${describe(result)}; a valid message after it: ${describe(after)}`,
  };
}

function tokenRule(
  id: string,
  title: string,
  variants: (token: string) => readonly (readonly string[])[],
): Rule {
  return {
    id,
    title,
    why: anyone,
    fix: compare,
    docsUrl: pages.faq,
    async run(receiver) {
      if (receiver.token === undefined) {
        return {
          status: 'warn',
          detail: 'not checked: there is no token in the URL',
          fix: 'Append ?Token=… to the URL, or pass --token, so that it is checked. Without a token, anybody who knows the URL can post.',
        };
      }
      return expectRefused(
        receiver,
        variants(receiver.token).map((tokens) => ['a valid message with it', fresh(), { tokens }]),
      );
    },
  };
}
