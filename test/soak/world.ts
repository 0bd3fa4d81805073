// The enterprises of the soak, what changes in them, and the messages that tell of it.
import { Connector, type Entity } from '../connector/connector.js';
import { between, pick, type Random } from './random.js';

export interface Message {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
  readonly Events: { readonly Discriminator: string; readonly Value: { readonly Id: string } }[];
}

type Event = Message['Events'][number];

const discriminators: readonly (readonly [Entity, string])[] = [
  ['ServiceOrder', 'ServiceOrderUpdated'],
  ['Resource', 'ResourceUpdated'],
  ['Message', 'MessageAdded'],
  ['ResourceBlock', 'ResourceBlockUpdated'],
  ['Customer', 'CustomerUpdated'],
  ['Payment', 'PaymentUpdated'],
];

export const enterprises = Array.from({ length: 6 }, (_, index) => `enterprise-${index}`);
/** Sends webhooks, but its access token was never stored. */
const strangers = 'enterprise-without-token';

export const threads = Object.fromEntries(enterprises.map((id) => [id, [`${id}-t1`, `${id}-t2`]]));
export const accessTokens = Object.fromEntries(
  enterprises.map((id) => [integrationOf(id), `access-${id}`]),
);

export function integrationOf(enterpriseId: string): string {
  return enterpriseId.replace('enterprise', 'integration');
}

export class World {
  readonly connector: Connector;
  /** Ids that have to be put aside, by kind of reason. */
  readonly toPutAside = {
    'unknown event': new Set<string>(),
    'no access token': new Set<string>(),
    'answered 400': new Set<string>(),
    'not in the response': new Set<string>(),
  };
  readonly #random: Random;
  readonly #ids = new Map<string, string[]>();
  #nextId = 0;

  constructor(random: Random) {
    this.#random = random;
    this.connector = new Connector({
      accessTokens: Object.fromEntries(enterprises.map((id) => [`access-${id}`, id])),
      random,
      faults: { requestTimeout: 0.01, serverError: 0.03 },
      isMalformed: (id) => id.startsWith('malformed'),
    });
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
  changeLast(enterpriseId: string): { key: string; message: Message } {
    const id = 'last-word';
    this.connector.change({ enterpriseId, entity: 'Payment', id });
    const event = { Discriminator: 'PaymentUpdated', Value: { Id: id } };
    return {
      key: Connector.key(enterpriseId, 'Payment', id),
      message: messageOf(enterpriseId, [event]),
    };
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
    this.connector.change({
      enterpriseId,
      entity,
      id,
      active: random() < 0.9,
      lag: random() < 0.1 ? between(random, 500, 3000) : 0,
      ...(entity === 'Message' && { threadId: pick(random, threads[enterpriseId] ?? []) }),
    });
    const event = { Discriminator, Value: { Id: id } };
    if (entity !== 'Customer' || !isNew) return [event];
    const added = { Discriminator: 'CustomerAdded', Value: { Id: id } };
    return random() < 0.5 ? [added, event] : [event, added];
  }

  #oddMessage(enterprise: string): Message {
    const id = this.#newId('odd');
    switch (between(this.#random, 0, 4)) {
      case 0: {
        this.toPutAside['unknown event'].add(id);
        return messageOf(enterprise, [{ Discriminator: 'ResourceDeleted', Value: { Id: id } }]);
      }
      case 1: {
        this.toPutAside['no access token'].add(id);
        return messageOf(strangers, [{ Discriminator: 'PaymentUpdated', Value: { Id: id } }]);
      }
      case 2: {
        this.toPutAside['answered 400'].add(`malformed-${id}`);
        const bad = { Discriminator: 'PaymentUpdated', Value: { Id: `malformed-${id}` } };
        return messageOf(enterprise, [bad, ...this.#change(enterprise)]);
      }
      default: {
        this.toPutAside['not in the response'].add(id);
        return messageOf(enterprise, [{ Discriminator: 'ResourceUpdated', Value: { Id: id } }]);
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
