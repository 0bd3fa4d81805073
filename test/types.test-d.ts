import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { assertType, describe, expectTypeOf, test } from 'vitest';
import type {
  Connection,
  CustomerAddedEvent,
  CustomerUpdatedEvent,
  Discriminator,
  EventOf,
  FetchOperation,
  FetchRequest,
  GeneralWebhook,
  HttpRequest,
  IncompleteFetchRequest,
  MessageAddedEvent,
  ParseResult,
  PaymentUpdatedEvent,
  ReadyFetchRequest,
  ResourceBlockUpdatedEvent,
  ResourceUpdatedEvent,
  ServiceOrderUpdatedEvent,
  UnknownEvent,
  WebhookErrorCode,
  WebhookEvent,
  WebhookIssue,
} from '../src/index.js';
import * as core from '../src/index.js';

declare const webhook: GeneralWebhook;
declare const event: WebhookEvent;
declare const connection: Connection;
declare const ready: ReadyFetchRequest;
declare const incomplete: IncompleteFetchRequest;
declare const request: FetchRequest;

describe('events', () => {
  test('are a union over the discriminators', () => {
    expectTypeOf<WebhookEvent['Discriminator']>().toEqualTypeOf<Discriminator>();
    expectTypeOf<WebhookEvent>().toEqualTypeOf<
      | ServiceOrderUpdatedEvent
      | ResourceUpdatedEvent
      | MessageAddedEvent
      | ResourceBlockUpdatedEvent
      | CustomerAddedEvent
      | CustomerUpdatedEvent
      | PaymentUpdatedEvent
    >();
    expectTypeOf<EventOf<'CustomerAdded'>>().toEqualTypeOf<CustomerAddedEvent>();
    expectTypeOf<EventOf<'CustomerAdded' | 'PaymentUpdated'>>().toEqualTypeOf<
      CustomerAddedEvent | PaymentUpdatedEvent
    >();
    // @ts-expect-error no such event
    assertType<EventOf<'ResourceDeleted'>>(event);
  });

  test('narrow in a switch', () => {
    switch (event.Discriminator) {
      case 'CustomerAdded':
        expectTypeOf(event).toEqualTypeOf<CustomerAddedEvent>();
        break;
      case 'CustomerUpdated':
        expectTypeOf(event).toEqualTypeOf<CustomerUpdatedEvent>();
        // @ts-expect-error it is no other event
        assertType<CustomerAddedEvent>(event);
        break;
      // @ts-expect-error no such event
      case 'ResourceDeleted':
        break;
      default:
        expectTypeOf(event).toEqualTypeOf<
          Exclude<WebhookEvent, CustomerAddedEvent | CustomerUpdatedEvent>
        >();
    }
  });

  test('are exhausted by their seven cases, and not by six', () => {
    switch (event.Discriminator) {
      case 'ServiceOrderUpdated':
      case 'ResourceUpdated':
      case 'MessageAdded':
      case 'ResourceBlockUpdated':
      case 'CustomerAdded':
      case 'CustomerUpdated':
        break;
      case 'PaymentUpdated':
        break;
      default:
        event satisfies never;
    }
    switch (event.Discriminator) {
      case 'ServiceOrderUpdated':
      case 'ResourceUpdated':
      case 'MessageAdded':
      case 'ResourceBlockUpdated':
      case 'CustomerAdded':
      case 'CustomerUpdated':
        break;
      default:
        // @ts-expect-error PaymentUpdated is left
        event satisfies never;
    }
  });

  test('hold an id and can’t be changed', () => {
    expectTypeOf(event.Value.Id).toBeString();
    // @ts-expect-error read-only
    event.Value.Id = 'x';
    // @ts-expect-error read-only
    webhook.Events.push(event);
    // @ts-expect-error the identifiers stand on the message
    event.Value.EnterpriseId;
    // @ts-expect-error an unknown event is not among the known
    assertType<WebhookEvent>({} as UnknownEvent);
    expectTypeOf(webhook.UnknownEvents).items.toEqualTypeOf<UnknownEvent>();
    expectTypeOf<UnknownEvent['Value']>().toBeUnknown();
  });

  test('isDiscriminator narrows', () => {
    const text: string = event.Discriminator;
    // @ts-expect-error any string
    assertType<Discriminator>(text);
    if (core.isDiscriminator(text)) expectTypeOf(text).toEqualTypeOf<Discriminator>();
  });
});

describe('parsing', () => {
  test('takes anything, gives a webhook or a result to narrow', () => {
    expectTypeOf(core.parseWebhook).parameter(0).toBeUnknown();
    expectTypeOf(core.parseWebhook).returns.toEqualTypeOf<GeneralWebhook>();
    const result = core.safeParseWebhook('');
    expectTypeOf(result).toEqualTypeOf<ParseResult<GeneralWebhook>>();
    // @ts-expect-error not before success is checked
    result.data;
    if (result.success) {
      expectTypeOf(result.data).toEqualTypeOf<GeneralWebhook>();
      // @ts-expect-error there is no error
      result.error;
    } else {
      expectTypeOf(result.error.code).toEqualTypeOf<WebhookErrorCode>();
      // The list holds one at least.
      expectTypeOf(result.error.issues[0]).toEqualTypeOf<WebhookIssue>();
    }
  });

  test('refuses options that do not exist', () => {
    core.parseWebhook('', { onInvalidEvent: (event) => expectTypeOf(event).toBeUnknown() });
    // @ts-expect-error no such option
    core.parseWebhook('', { strict: true });
  });
});

test('dedupeEvents keeps the type of its events', () => {
  expectTypeOf(core.dedupeEvents(webhook.Events)).toEqualTypeOf<WebhookEvent[]>();
  expectTypeOf(core.dedupeEvents(new Set<CustomerAddedEvent>())).toEqualTypeOf<
    CustomerAddedEvent[]
  >();
  // @ts-expect-error unknown events have no known entity
  core.dedupeEvents(webhook.UnknownEvents);
});

test('fetchOperations keeps its literals', () => {
  expectTypeOf(core.fetchOperations).toExtend<Readonly<Record<Discriminator, FetchOperation>>>();
  expectTypeOf(
    core.fetchOperations.PaymentUpdated.path,
  ).toEqualTypeOf<'/api/connector/v1/payments/getAll'>();
  expectTypeOf(core.fetchOperations.MessageAdded.idsProperty).toEqualTypeOf<null>();
  expectTypeOf(core.fetchOperations[event.Discriminator].entity).toEqualTypeOf<
    FetchOperation['entity']
  >();
  // @ts-expect-error read-only
  core.fetchOperations.MessageAdded.maxIds = 5;
  // @ts-expect-error no such event
  core.fetchOperations.ResourceDeleted;
});

describe('requests', () => {
  test('a plan gives ready and incomplete ones', () => {
    expectTypeOf(core.planFetches(webhook)).toEqualTypeOf<FetchRequest[]>();
    expectTypeOf(core.planFetches(new Set([webhook]))).toEqualTypeOf<FetchRequest[]>();
    expectTypeOf(core.planFetches([webhook], { maxIds: 100 })).toEqualTypeOf<FetchRequest[]>();
    // @ts-expect-error no such option
    core.planFetches(webhook, { max: 100 });
    // @ts-expect-error messages, not events
    core.planFetches(webhook.Events);
    // @ts-expect-error not before the kind is checked
    request.missing;
    if (request.kind === 'incomplete')
      expectTypeOf(request).toEqualTypeOf<IncompleteFetchRequest>();
    else expectTypeOf(request).toEqualTypeOf<ReadyFetchRequest>();
  });

  test('an incomplete one cannot be sent as it is', () => {
    expectTypeOf(core.toHttpRequest(ready, connection)).toEqualTypeOf<HttpRequest>();
    core.toHttpRequest(ready, connection, { Limitation: { Count: 5 } });
    core.toHttpRequest(incomplete, connection, { MessageThreadIds: ['t'], CreatedUtc: {} });
    core.toHttpRequest(request, connection, { MessageThreadIds: ['t'] });
    // @ts-expect-error extra is missing
    core.toHttpRequest(incomplete, connection);
    // @ts-expect-error MessageThreadIds is missing
    core.toHttpRequest(incomplete, connection, {});
    // @ts-expect-error it may be an incomplete one
    core.toHttpRequest(request, connection);
    // @ts-expect-error clientToken is missing
    core.toHttpRequest(ready, { platformAddress: '', accessToken: '', client: '' });
  });

  test('fetch takes the HTTP request', () => {
    const http = core.toHttpRequest(ready, connection);
    expectTypeOf(fetch).toBeCallableWith(http.url, http);
    // @ts-expect-error there is no such method
    http.method satisfies 'GET';
  });

  test('rows have an Id, and the rest is to be checked', () => {
    const { found, missing } = core.reconcileFetch(request, {});
    const row = found.get('');
    expectTypeOf(row?.Id).toEqualTypeOf<string | undefined>();
    expectTypeOf(row?.State).toBeUnknown();
    expectTypeOf(missing).toEqualTypeOf<string[]>();
    // @ts-expect-error a response belongs to its request
    core.reconcileFetch({});
  });
});

test('verifyToken takes what servers have as a URL', () => {
  expectTypeOf(core.verifyToken).toBeCallableWith('/?Token=x', 'x');
  expectTypeOf(core.verifyToken).toBeCallableWith(new URL('https://h'), ['x'] as const);
  expectTypeOf(core.verifyToken).returns.toBeBoolean();
  // @ts-expect-error a secret that may be missing fails closed
  core.verifyToken('/', process.env.MEWS_TOKEN);
});

test('webhookSchema is what the standards describe', () => {
  expectTypeOf(core.webhookSchema).toExtend<StandardSchemaV1<unknown, GeneralWebhook>>();
  expectTypeOf(core.webhookSchema).toExtend<StandardJSONSchemaV1<unknown, GeneralWebhook>>();
  expectTypeOf<
    StandardSchemaV1.InferOutput<typeof core.webhookSchema>
  >().toEqualTypeOf<GeneralWebhook>();
  // @ts-expect-error the vendor is this library
  core.webhookSchema['~standard'].vendor satisfies 'zod';
});

test('nothing is any', () => {
  type IsAny<T> = 0 extends 1 & T ? true : false;
  type Members<T> = T extends readonly (infer Item)[]
    ? IsAny<Item>
    : T extends object
      ? { [K in keyof T]-?: IsAny<T[K]> }[keyof T]
      : false;
  type Returned<T> = T extends (...input: never[]) => infer R ? IsAny<R> | Members<R> : false;
  type Exports = { [K in keyof typeof core]: IsAny<(typeof core)[K]> | Returned<(typeof core)[K]> };
  expectTypeOf<Exports[keyof Exports]>().toEqualTypeOf<false>();
  expectTypeOf<Members<GeneralWebhook>>().toEqualTypeOf<false>();
  expectTypeOf<Members<WebhookEvent>>().toEqualTypeOf<false>();
  expectTypeOf<Members<FetchRequest>>().toEqualTypeOf<false>();
  expectTypeOf<Members<FetchOperation>>().toEqualTypeOf<false>();
  expectTypeOf<Members<core.WebhookParseError>>().toEqualTypeOf<false>();
  expectTypeOf<Parameters<typeof core.parseWebhook>>().not.toBeAny();
  // @ts-expect-error the guard notices one
  assertType<false>({} as IsAny<ReturnType<typeof JSON.parse>>);
});
