import { discriminators } from '../../discriminators.js';
import { integrationActions } from '../../integration/index.js';
import { createIntegrationWebhook } from '../integration.js';
import { createEvent } from '../webhook.js';
import { describe, expectAccepted, fresh, isStatus, pages, type Rule } from './rule.js';

const customers = (...discriminators: readonly string[]) => {
  const [first] = fresh({ count: 1 }).Events;
  return discriminators.map((Discriminator) => ({
    ...fresh(),
    Events: [{ Discriminator, Value: first?.Value }],
  }));
};

const withUnknown = (discriminator: string) => {
  const message = fresh({ count: 7, discriminators: ['PaymentUpdated'] });
  return { ...message, Events: [...message.Events, createEvent(discriminator)] };
};

const again = 'Whatever gets another response than 2xx is sent again, and in the end discarded.';

/** The valid messages that a receiver must accept. */
export const messages: readonly Rule[] = [
  {
    id: 'concurrent',
    title: 'Responds within 5 s while ten deliveries are in flight',
    why: 'One endpoint gets the messages of all enterprises of an integration, at once at busy times.',
    fix: 'Do not hold a lock, a single connection or the event loop while a message is stored.',
    docsUrl: pages.asynchronous,
    async run(receiver) {
      const bodies = Array.from({ length: 10 }, () => fresh());
      const results = await Promise.all(bodies.map((body) => receiver.post(body)));
      const wrong = results.find((result) => !isStatus(result, 2));
      if (wrong) return { status: 'fail', detail: `of ten, one: ${describe(wrong)}; expected 2xx` };
      const slowest = results.reduce((a, b) => (a.durationMs > b.durationMs ? a : b));
      return { status: 'pass', detail: `the slowest of ten: ${describe(slowest)}` };
    },
  },
  {
    id: 'one-event',
    title: 'Accepts a message with one event, of every kind',
    why: again,
    fix: 'Handle every kind that you are subscribed to, and respond with 2xx to those that you do not use.',
    docsUrl: pages.event,
    run: (receiver) =>
      expectAccepted(
        receiver,
        discriminators.map((name) => [name, fresh({ count: 1, discriminators: [name] })]),
      ),
  },
  {
    id: '500-events',
    title: 'Accepts a message with 500 events',
    why: 'A message holds up to several hundred events. Work for each of them before the response takes too long, and a limit on the body or the list loses all of them.',
    fix: 'Store the message as a whole and respond; fetch afterwards, in batches (planFetches). Allow bodies of 1 MB.',
    docsUrl: pages.asynchronous,
    run: (receiver) => expectAccepted(receiver, [['500 events', fresh({ count: 500 })]]),
  },
  {
    id: 'empty-list',
    title: 'Accepts a message without events',
    why: again,
    fix: 'Do not read Events[0] unasked; an empty list is valid.',
    docsUrl: pages.body,
    run: (receiver) => expectAccepted(receiver, [['no events', fresh({ count: 0 })]]),
  },
  {
    id: 'unknown-event',
    title: 'Accepts an unknown event',
    why: 'Mews adds events over time. A receiver that fails on a new one loses the known ones beside it.',
    fix: 'Give the switch over Discriminator a default that keeps or ignores the event, and respond with 2xx; parseWebhook sorts it into UnknownEvents.',
    docsUrl: pages.event,
    run: (receiver) =>
      expectAccepted(
        receiver,
        ['ResourceDeleted', 'constructor'].map((name) => [name, withUnknown(name)]),
      ),
  },
  {
    id: 'extra-properties',
    title: 'Accepts properties that are not documented',
    why: 'Properties are added over time, and the deprecated Entities may still come.',
    fix: 'Check what you need, and let the rest pass: no strict schema, no additionalProperties: false.',
    docsUrl: pages.body,
    run: (receiver) => {
      // Of one kind, so that a kind which the receiver refuses is not reported as this fault.
      const message = fresh({ count: 1, discriminators: ['CustomerUpdated'] });
      const Events = message.Events.map((event) => ({ ...event, More: [1] }));
      return expectAccepted(receiver, [
        ['Entities', { ...fresh(), Entities: [] }],
        ['more properties', { ...message, Events, More: { Id: 1 } }],
      ]);
    },
  },
  {
    id: 'duplicates',
    title: 'Accepts duplicates within a message',
    why: 'Nothing promises that an entity comes once in a message, and CustomerAdded comes with CustomerUpdated.',
    fix: 'Collapse events of the same entity (dedupeEvents) rather than let a unique key refuse them.',
    docsUrl: pages.customers,
    run: (receiver) => {
      const message = fresh();
      const Events = [...message.Events, ...message.Events];
      return expectAccepted(receiver, [['twice', { ...message, Events }]]);
    },
  },
  {
    id: 're-delivery',
    title: 'Accepts a message that is delivered again',
    why: 'Mews sends again whatever it got no 2xx for, even when only the response was lost; and the same entity changes again. The two cannot be told apart.',
    fix: 'Process it again, idempotently. No unique key over the message, and no list of what was seen: it would drop later updates.',
    docsUrl: pages.retries,
    run: (receiver) => {
      const body = fresh();
      return expectAccepted(receiver, [
        ['once', body],
        ['again', body],
      ]);
    },
  },
  {
    id: 'added-and-updated',
    title: 'Accepts CustomerAdded and CustomerUpdated in two messages',
    why: 'Both come for a new customer, often but not always in one message, and in no promised order.',
    fix: 'Treat both as a reason to fetch the customer, whichever comes first (upsert).',
    docsUrl: pages.customers,
    run(receiver) {
      const messages = [
        ...customers('CustomerUpdated', 'CustomerAdded'),
        ...customers('CustomerAdded', 'CustomerUpdated'),
      ];
      const names = ['Updated first', 'Added after it', 'Added first', 'Updated after it'];
      return expectAccepted(
        receiver,
        messages.map((message, index) => [`${names[index]}`, message]),
      );
    },
  },
  {
    id: 'integration-webhook',
    title: 'Accepts Integration webhooks on the same URL',
    why: 'When one URL is registered for both kinds, { Action, Data } arrives as well, with the access token of a new integration.',
    fix: 'Parse with parseAnyWebhook of mews-webhooks/integration, and respond with 2xx to unknown actions.',
    docsUrl: pages.integration,
    async run(receiver) {
      if (!receiver.integration) return { status: 'skip', detail: 'not asked for' };
      const Data = { Integration: { Id: '1', Name: 'Test' } };
      return expectAccepted(receiver, [
        ...integrationActions.map((action) => [action, createIntegrationWebhook(action)] as const),
        ['an unknown action', { Action: 'IntegrationTested', Data }],
      ]);
    },
  },
];
