// Random messages: many distinct ones, since a validator that sees one object again and again is
// measured on what the branch predictor has learnt.
import { randomBytes } from 'node:crypto';
import { discriminators } from './peers/discriminators.mjs';

const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** A random id that reads like a UUID, made faster than `randomUUID` makes one. */
let pool = '';
let at = 0;
export function randomId() {
  if (at + 32 > pool.length) {
    pool = randomBytes(1 << 16).toString('hex');
    at = 0;
  }
  at += 32;
  const hex = pool.slice(at - 32, at);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const knownEvent = () => ({
  Discriminator: pick(discriminators),
  Value: { Id: randomId() },
});
export const unknownEvent = () => ({
  Discriminator: pick(['ResourceDeleted', 'ProductUpdated', 'ProductDeleted']),
  Value: { Id: randomId() },
});
export const wrongEvent = () =>
  pick([
    { Value: { Id: randomId() } },
    { Discriminator: pick(discriminators), Value: { Id: 5 } },
    { Discriminator: pick(discriminators), Value: { Id: '' } },
    { Discriminator: pick(discriminators), Value: null },
  ]);

/** The text of a message of so many events. */
export function message(count, event = knownEvent) {
  return JSON.stringify({
    EnterpriseId: randomId(),
    IntegrationId: randomId(),
    Events: Array.from({ length: count }, (_, index) => event(index)),
  });
}

/** So many distinct messages that they hold about 60,000 events. */
export function messages(count, event) {
  const length = Math.max(4, Math.min(3000, Math.round(60_000 / count)));
  return Array.from({ length }, () => message(count, event));
}
