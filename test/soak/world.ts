// The enterprises of the soak, what changes in them, and the messages that tell of it.
import type { EntityName } from 'mews-webhooks/fetch';
import { type ConnectorMock, startConnectorMock } from 'mews-webhooks/testing';
import { between, pick, type Random } from './random.js';

export interface Message {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
  readonly Events: { readonly Discriminator: string; readonly Value: { readonly Id: string } }[];
}

type Event = Message['Events'][number];

const discriminators: readonly (readonly [EntityName, string])[] = [
  ['ServiceOrder', 'ServiceOrderUpdated'],
  ['Resource', 'ResourceUpdated'],
  ['Message', 'MessageAdded'],
  ['ResourceBlock', 'ResourceBlockUpdated'],
  ['Customer', 'CustomerUpdated'],
  ['Payment', 'PaymentUpdated'],
];

export const clientToken = 'client';
export const enterprises = Array.from({ length: 6 }, (_, index) => `enterprise-${index}`);
/** Sends webhooks, but its access token was never stored. */
const strangers = 'enterprise-without-token';

export const threads = Object.fromEntries(enterprises.map((id) => [id, [`${id}-t1`, `${id}-t2`]]));
export const accessTokens = Object.fromEntries(
  enterprises.map((id) => [integrationOf(id), `access-${id}`]),
);

function integrationOf(enterpriseId: string): string {
  return enterpriseId.replace('enterprise', 'integration');
}

export function startApi(seed: number): Promise<ConnectorMock> {
  return startConnectorMock({
    integrations: enterprises.map((id) => ({
      integrationId: integrationOf(id),
      enterpriseIds: [id],
      accessToken: `access-${id}`,
    })),
    clientToken,
    seed,
    retryAfter: 'random',
    faults: [
      { fault: { status: 408 }, rate: 0.01 },
      { fault: { status: 500 }, rate: 0.02 },
      { fault: 'other_shape', rate: 0.01 },
    ],
    isMalformedId: (id) => id.startsWith('malformed'),
  });
}

export class World {
  /** Ids that have to become dead letters, by reason. */
  readonly deadLetters = {
    unknown_event: new Set<string>(),
    no_connection: new Set<string>(),
    invalid_request: new Set<string>(),
    not_found: new Set<string>(),
  };
  /** What was put into the queue and can't be read. */
  readonly unreadable = new Set<string>();
  readonly #mock: ConnectorMock;
  readonly #random: Random;
  readonly #ids = new Map<string, string[]>();
  #nextId = 0;

  constructor(mock: ConnectorMock, random: Random) {
    this.#mock = mock;
    this.#random = random;
  }

  /** Changes some entities of one enterprise, and gives the messages that tell of it. */
  step(): Message[] {
    const random = this.#random;
    const chance = random();
    const enterprise = pick(random, enterprises);
    if (chance < 0.03) return [this.#oddMessage(enterprise)];
    const size = chance < 0.05 ? 500 : between(random, 1, 12);
    const events = Array.from({ length: size }, () => this.#change(enterprise)).flat();
    // Some come twice in the message, and what belongs together may come in two.
    for (const event of [...events]) if (random() < 0.1) events.push(event);
    const split = random() < 0.3 ? between(random, 0, events.length + 1) : events.length;
    return [events.slice(0, split), events.slice(split)]
      .filter((part) => part.length > 0)
      .map((part) => messageOf(enterprise, part));
  }

  /** Changes always the same entity of an enterprise. */
  changeLast(enterpriseId: string): { id: string; message: Message } {
    const id = `${enterpriseId}-last-word`;
    void this.#mock.put('Payment', { Id: id }, { enterpriseId });
    const events = [{ Discriminator: 'PaymentUpdated', Value: { Id: id } }];
    return { id, message: messageOf(enterpriseId, events) };
  }

  #change(enterpriseId: string): Event[] {
    const random = this.#random;
    const [entity, Discriminator] = pick(random, discriminators);
    const list = `${enterpriseId}/${entity}`;
    const ids = this.#ids.get(list) ?? [];
    this.#ids.set(list, ids);
    // Recent entities change most; a message never does.
    const recent = ids.slice(-30);
    const isNew = entity === 'Message' || recent.length === 0 || random() < 0.2;
    const id = isNew ? this.#newId(entity) : pick(random, recent);
    if (isNew) ids.push(id);
    const lagMs = isNew && random() < 0.1 ? between(random, 500, 3000) : 0;
    const thread = pick(random, threads[enterpriseId] ?? []);
    const row = { Id: id, ...(entity === 'Message' && { MessageThreadId: thread }) };
    void this.#mock.put(entity, row, { enterpriseId, lagMs });
    const staysInactive =
      entity === 'Resource' || entity === 'ResourceBlock' || entity === 'Customer';
    if (staysInactive && lagMs === 0 && random() < 0.1) {
      void this.#mock.remove(entity, id, { enterpriseId });
    }
    const event = { Discriminator, Value: { Id: id } };
    if (entity !== 'Customer' || !isNew) return [event];
    const added = { Discriminator: 'CustomerAdded', Value: { Id: id } };
    return random() < 0.5 ? [added, event] : [event, added];
  }

  #oddMessage(enterprise: string): Message {
    const id = this.#newId('odd');
    switch (between(this.#random, 0, 4)) {
      case 0: {
        this.deadLetters.unknown_event.add(id);
        return messageOf(enterprise, [{ Discriminator: 'ResourceDeleted', Value: { Id: id } }]);
      }
      case 1: {
        this.deadLetters.no_connection.add(id);
        return messageOf(strangers, [{ Discriminator: 'PaymentUpdated', Value: { Id: id } }]);
      }
      case 2: {
        const malformed = `malformed-${id}`;
        this.deadLetters.invalid_request.add(malformed);
        const bad = { Discriminator: 'PaymentUpdated', Value: { Id: malformed } };
        return messageOf(enterprise, [bad, ...this.#change(enterprise)]);
      }
      default: {
        // NUL and half of a surrogate pair, which PostgreSQL does not keep.
        const unusual = `${id} \0 \ud800`;
        this.deadLetters.not_found.add(unusual);
        const missing = { Discriminator: 'ResourceUpdated', Value: { Id: unusual } };
        return messageOf(enterprise, [missing, ...this.#change(enterprise)]);
      }
    }
  }

  #newId(prefix: string): string {
    return `${prefix}-${this.#nextId++}`;
  }
}

function messageOf(EnterpriseId: string, Events: Event[]): Message {
  return { EnterpriseId, IntegrationId: integrationOf(EnterpriseId), Events };
}
