// Compares ids that were made to collide with plain ones, in a table of V8 and in the library. Only for
// a Node that takes up to ten digits for their own hash. Parsing is left out: on Node 20.11 JSON.parse
// itself is slowed by such ids.
import assert from 'node:assert/strict';
import { dedupeEvents, planFetches } from 'mews-webhooks';

function webhookOf(idOf) {
  const Events = Array.from({ length: 20_000 }, (_, index) => ({
    Discriminator: 'ServiceOrderUpdated',
    Value: { Id: idOf(index) },
  }));
  // Parsed, as a body is, so that V8 holds the ids as it does there.
  return JSON.parse(JSON.stringify({ EnterpriseId: 'e', IntegrationId: 'i', Events }));
}

// Ten digits both. A table looks at the lowest bits of a hash, no more than 16 at this length.
const plain = webhookOf((index) => `${1e9 + index}`);
const colliding = webhookOf((index) => `${(20_000 + index) * 65_536}`);

/** The best of some rounds, since the machine may be busy. */
function timeOf(use, webhook) {
  const times = Array.from({ length: 10 }, () => {
    const start = performance.now();
    use(webhook);
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** How many times as long the colliding ids take. */
const ratioOf = (use) => timeOf(use, colliding) / timeOf(use, plain);

const naive = ratioOf(({ Events }) => new Set(Events.map(({ Value }) => Value.Id)));
const ours = {
  dedupeEvents: ratioOf(({ Events }) => dedupeEvents(Events)),
  planFetches: ratioOf(planFetches),
};
const cells = Object.entries({ Set: naive, ...ours }).map(
  ([name, ratio]) => `${name} ${ratio.toFixed(1)}`,
);
console.log(
  `Ids made to collide, times as long as plain ones on Node ${process.versions.node}: ${cells.join(', ')}`,
);

assert.ok(naive >= 20, `nothing collides here, so nothing is shown: ${naive}`);
for (const [name, ratio] of Object.entries(ours)) {
  assert.ok(ratio <= 5, `${name} suffers from ids made to collide: ${ratio}`);
}
