import { describe, expectTypeOf, test } from 'vitest';
import type { GeneralWebhook } from '../../src/events.js';
import {
  type Customer,
  type EntityRows,
  eventsOf,
  type FetchedEntity,
  type FetchOptions,
  type FetchOutcome,
  fetchEntities,
  type Message,
  type Payment,
  type PaymentState,
  type RejectionReason,
  type Reservation,
  type Resource,
  type ResourceBlock,
  type RetryReason,
} from '../../src/fetch/index.js';
import type { FetchOperation } from '../../src/operations.js';
import { customer, message, payment, reservation, resource, resourceBlock } from './samples.js';

declare const webhook: GeneralWebhook;
declare const options: FetchOptions;

test('there is a row for each entity of an operation', () => {
  expectTypeOf<keyof EntityRows>().toEqualTypeOf<FetchOperation['entity']>();
});

test('a switch over the entity types the row', async () => {
  const { entities } = await fetchEntities(webhook, options);
  for (const fetched of entities) {
    switch (fetched.entity) {
      case 'ServiceOrder':
        expectTypeOf(fetched.row).toEqualTypeOf<Reservation>();
        break;
      case 'Resource':
        expectTypeOf(fetched.row).toEqualTypeOf<Resource>();
        break;
      case 'Message':
        expectTypeOf(fetched.row).toEqualTypeOf<Message>();
        break;
      case 'ResourceBlock':
        expectTypeOf(fetched.row).toEqualTypeOf<ResourceBlock>();
        break;
      case 'Customer':
        expectTypeOf(fetched.row).toEqualTypeOf<Customer>();
        break;
      case 'Payment':
        expectTypeOf(fetched.row).toEqualTypeOf<Payment>();
        break;
      default:
        fetched satisfies never;
    }
  }
});

describe('rows of your own', () => {
  interface MyCustomer {
    Id: string;
    Email?: string;
  }
  interface MyRows {
    Customer: MyCustomer;
  }

  test('replace some', async () => {
    const { entities } = await fetchEntities<{ Customer: MyCustomer }>(webhook, options);
    for (const fetched of entities) {
      if (fetched.entity === 'Customer') expectTypeOf(fetched.row).toEqualTypeOf<MyCustomer>();
      if (fetched.entity === 'Payment') expectTypeOf(fetched.row).toEqualTypeOf<Payment>();
    }
  });

  test('may be an interface of interfaces, such as a generated client has', () => {
    expectTypeOf(fetchEntities<MyRows>).returns.resolves.toEqualTypeOf<FetchOutcome<MyRows>>();
    expectTypeOf<FetchedEntity<MyRows>['row']>().toExtend<{ readonly Id: string }>();
  });

  test('need an Id, and the name of an entity', () => {
    // @ts-expect-error no Id
    fetchEntities<{ Customer: { Email: string } }>(webhook, options);
    // @ts-expect-error no such entity
    fetchEntities<{ Custumer: MyCustomer }>(webhook, options);
  });
});

test('rows are what Mews documents', () => {
  reservation satisfies Reservation;
  resource satisfies Resource;
  message satisfies Message;
  resourceBlock satisfies ResourceBlock;
  customer satisfies Customer;
  payment satisfies Payment;
});

test('the samples hold every property that is documented, and no other', () => {
  expectTypeOf<keyof typeof reservation>().toEqualTypeOf<keyof Reservation>();
  expectTypeOf<keyof typeof resource>().toEqualTypeOf<keyof Resource>();
  expectTypeOf<keyof typeof message>().toEqualTypeOf<keyof Message>();
  expectTypeOf<keyof typeof resourceBlock>().toEqualTypeOf<keyof ResourceBlock>();
  expectTypeOf<keyof typeof customer>().toEqualTypeOf<keyof Customer>();
  expectTypeOf<keyof typeof payment>().toEqualTypeOf<keyof Payment>();
});

test('enumerations keep their literals and take new ones', () => {
  expectTypeOf<'Charged'>().toExtend<PaymentState>();
  expectTypeOf<'Invented'>().toExtend<PaymentState>();
  expectTypeOf<string>().not.toEqualTypeOf<PaymentState>();
});

test('optional properties can be null or absent', () => {
  expectTypeOf<Customer['Email']>().toEqualTypeOf<string | null | undefined>();
  // @ts-expect-error a required property is not null
  null satisfies Customer['LastName'];
});

test('reasons are closed unions', async () => {
  const { retries, rejections } = await fetchEntities([webhook], options);
  expectTypeOf(retries[0]?.reason).toEqualTypeOf<RetryReason | undefined>();
  expectTypeOf(rejections[0]?.reason).toEqualTypeOf<RejectionReason | undefined>();
  expectTypeOf(retries[0]?.webhook).toEqualTypeOf<GeneralWebhook | undefined>();
  expectTypeOf(eventsOf).returns.toEqualTypeOf<GeneralWebhook>();
});

test('callbacks may be async or not', () => {
  const connection = { platformAddress: '', clientToken: '', accessToken: '', client: '' };
  ({ connectionOf: () => connection }) satisfies FetchOptions;
  ({ connectionOf: () => undefined }) satisfies FetchOptions;
  ({
    connectionOf: async (id) => (id === '' ? undefined : connection),
    messageThreadIdsOf: async () => ['t'],
    extraOf: async () => ({ ChainIds: ['c'] }),
    fetch,
    signal: new AbortController().signal,
  }) satisfies FetchOptions;
  // @ts-expect-error required
  ({}) satisfies FetchOptions;
});
