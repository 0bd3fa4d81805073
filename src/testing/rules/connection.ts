import { describe, expectAccepted, fresh, isStatus, pages, type Rule } from './rule.js';

/** How a receiver treats the connection, and what it sends on it. */
export const connection: readonly Rule[] = [
  {
    id: 'no-leak',
    title: 'Responses hold neither the token nor the body',
    why: 'Responses end up in logs of proxies and monitors, and bodies can carry access tokens.',
    fix: 'Respond with a status and no echo. Do not send the message of JSON.parse or of the framework: it quotes the body or the URL.',
    docsUrl: pages.faq,
    async run(receiver) {
      const canary = 'canary-3f9c61d2';
      const wrong = { Discriminator: 'PaymentUpdated', Value: { Id: [canary] } };
      const results = [
        await receiver.post({ ...fresh(), Extra: canary }),
        await receiver.post(`${canary} is no JSON`),
        await receiver.post({ ...fresh(), Events: [wrong] }),
        await receiver.post(fresh(), { tokens: [canary] }),
      ];
      const texts = results.map((result) => (result.kind === 'response' ? result.text : ''));
      const holdsBody = texts.some((text) => text.includes(canary));
      const holdsToken = texts.some((text) => holds(text, receiver.token));
      const what = [holdsBody && 'what was sent', holdsToken && 'the token'].filter(Boolean);
      return what.length > 0
        ? { status: 'fail', detail: `a response holds ${what.join(' and ')}` }
        : { status: 'pass', detail: `${results.length} responses looked at` };
    },
  },
  {
    id: 'keep-alive',
    title: 'Responds to one delivery after the other on a connection',
    why: 'A sender keeps connections open. What is left of one request must not spoil the next.',
    fix: 'Read the body to its end or close the connection, also when the request is refused.',
    docsUrl: pages.body,
    async run(receiver) {
      const bodies = [fresh(), 'no JSON', fresh()];
      const results = await receiver.postAlong(bodies);
      const wrong = results.find(
        (result, index) => result.kind === 'failure' || (index !== 1 && !isStatus(result, 2)),
      );
      return wrong
        ? { status: 'fail', detail: `one of ${bodies.length}: ${describe(wrong)}` }
        : { status: 'pass', detail: `${results.length} deliveries, each with a response` };
    },
  },
  {
    id: 'slow-sender',
    title: 'Waits for a slow sender',
    why: 'A body arrives in pieces on a real network. What reads only the first one gets broken JSON.',
    fix: 'Read until the body ends: buffer(request) of node:stream/consumers, or request.text().',
    docsUrl: pages.body,
    run: (receiver) =>
      expectAccepted(receiver, [
        ['in pieces', fresh(), { sendMs: Math.min(1000, receiver.timeoutMs / 5) }],
      ]),
  },
];

function holds(text: string, token: string | undefined): boolean {
  if (token === undefined || token === '') return false;
  // A short token may be a word of the response by chance.
  if (token.length >= 8) return text.includes(token);
  return text.includes(`=${token}`) || text.includes(`"${token}"`);
}
