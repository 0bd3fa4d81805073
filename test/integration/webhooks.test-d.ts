import { assertType, describe, expectTypeOf, test } from 'vitest';
import type { GeneralWebhook, ParseResult, WebhookErrorCode } from '../../src/index.js';
import type {
  AnyWebhook,
  IntegrationAction,
  IntegrationApiKeyCreatedData,
  IntegrationCreatedData,
  IntegrationData,
  IntegrationDeletedData,
  IntegrationWebhook,
  IntegrationWebhookOf,
  NamedEntity,
  Requestor,
  UnknownIntegrationWebhook,
} from '../../src/integration/index.js';
import * as integration from '../../src/integration/index.js';

declare const webhook: IntegrationWebhook;
declare const any: AnyWebhook;

describe('the known', () => {
  test('are a union over the seven actions', () => {
    expectTypeOf<IntegrationWebhook['Action']>().toEqualTypeOf<IntegrationAction>();
    expectTypeOf<
      (typeof integration.integrationActions)[number]
    >().toEqualTypeOf<IntegrationAction>();
    expectTypeOf<IntegrationAction>().toEqualTypeOf<
      | 'IntegrationCreated'
      | 'IntegrationEnabled'
      | 'IntegrationDisabled'
      | 'IntegrationCanceled'
      | 'IntegrationReinstated'
      | 'IntegrationDeleted'
      | 'IntegrationApiKeyCreated'
    >();
    // @ts-expect-error no such action
    assertType<IntegrationWebhookOf<'IntegrationMoved'>>(webhook);
    // @ts-expect-error any string
    assertType<IntegrationAction>('x' as string);
  });

  test('narrow in a switch, to the Data of the action', () => {
    // @ts-expect-error not in each
    webhook.Data.AccessToken;
    expectTypeOf(webhook.Data.Integration).toEqualTypeOf<NamedEntity>();
    switch (webhook.Action) {
      case 'IntegrationCreated':
        expectTypeOf(webhook.Data).toEqualTypeOf<IntegrationCreatedData>();
        expectTypeOf(webhook.Data.AccessToken).toBeString();
        expectTypeOf(webhook.Data.IsEnabled).toBeBoolean();
        expectTypeOf(webhook.Data.Requestor).toEqualTypeOf<Requestor | null | undefined>();
        expectTypeOf(webhook.Data.Service).toEqualTypeOf<NamedEntity | null | undefined>();
        // @ts-expect-error may be null
        webhook.Data.Requestor.Name;
        // @ts-expect-error read-only
        webhook.Data.AccessToken = 'x';
        // @ts-expect-error of another action
        webhook.Data.ApiKey;
        break;
      case 'IntegrationDeleted':
        expectTypeOf(webhook.Data).toEqualTypeOf<IntegrationDeletedData>();
        // @ts-expect-error of another action
        webhook.Data.AccessToken;
        break;
      case 'IntegrationApiKeyCreated':
        expectTypeOf(webhook.Data).toEqualTypeOf<IntegrationApiKeyCreatedData>();
        expectTypeOf(webhook.Data.ApiKey).toBeString();
        break;
      case 'IntegrationEnabled':
      case 'IntegrationDisabled':
      case 'IntegrationCanceled':
        expectTypeOf(webhook.Data).toEqualTypeOf<IntegrationData>();
        break;
      // @ts-expect-error no such action
      case 'IntegrationMoved':
        break;
      default:
        expectTypeOf(webhook.Action).toEqualTypeOf<'IntegrationReinstated'>();
        // @ts-expect-error IntegrationReinstated is left
        webhook satisfies never;
    }
  });

  test('are exhausted by their seven cases', () => {
    switch (webhook.Action) {
      case 'IntegrationCreated':
      case 'IntegrationEnabled':
      case 'IntegrationDisabled':
      case 'IntegrationCanceled':
      case 'IntegrationReinstated':
      case 'IntegrationDeleted':
      case 'IntegrationApiKeyCreated':
        break;
      default:
        webhook satisfies never;
    }
  });

  test('have no kind', () => {
    // @ts-expect-error no such property
    webhook.kind;
    const parsed = integration.parseIntegrationWebhook('');
    // @ts-expect-error not before the unknown ones are told apart
    parsed.Data.Integration;
    if ('kind' in parsed) {
      expectTypeOf(parsed).toEqualTypeOf<UnknownIntegrationWebhook>();
      expectTypeOf(parsed.kind).toEqualTypeOf<'unknown'>();
      expectTypeOf(parsed.Data).toBeUnknown();
    } else {
      expectTypeOf(parsed).toEqualTypeOf<IntegrationWebhook>();
    }
    // @ts-expect-error an unknown one is not among the known
    assertType<IntegrationWebhook>({} as UnknownIntegrationWebhook);
  });
});

test('what comes to a shared endpoint narrows by its kind', () => {
  // @ts-expect-error not of each kind
  any.webhook;
  switch (any.kind) {
    case 'general':
      expectTypeOf(any.webhook).toEqualTypeOf<GeneralWebhook>();
      break;
    case 'integration':
      expectTypeOf(any.webhook).toEqualTypeOf<IntegrationWebhook>();
      break;
    case 'unknown-integration':
      expectTypeOf(any.Action).toBeString();
      expectTypeOf(any.Data).toBeUnknown();
      // @ts-expect-error it has none
      any.webhook;
      break;
    default:
      any satisfies never;
  }
});

test('the functions take anything and hide the data until success is checked', () => {
  const result = integration.safeParseAnyWebhook(null);
  expectTypeOf(result).toEqualTypeOf<ParseResult<AnyWebhook>>();
  // @ts-expect-error not before success is checked
  result.data;
  if (!result.success) expectTypeOf(result.error.code).toEqualTypeOf<WebhookErrorCode>();
  expectTypeOf(integration.safeParseIntegrationWebhook).returns.toEqualTypeOf<
    ParseResult<IntegrationWebhook | UnknownIntegrationWebhook>
  >();
  expectTypeOf(integration.parseAnyWebhook).returns.toEqualTypeOf<AnyWebhook>();
  integration.safeParseAnyWebhook('', {
    onInvalidEvent: (event) => expectTypeOf(event).toBeUnknown(),
  });
  // @ts-expect-error no such option
  integration.parseAnyWebhook('', { strict: true });
});

test('nothing is an any', () => {
  type IsAny<T> = 0 extends 1 & T ? true : false;
  type Anys<T> = { [P in keyof T]-?: IsAny<T[P]> }[keyof T];
  type Functions = Exclude<keyof typeof integration, 'integrationActions'>;
  expectTypeOf<Anys<typeof integration>>().toEqualTypeOf<false>();
  expectTypeOf<Anys<IntegrationCreatedData>>().toEqualTypeOf<false>();
  expectTypeOf<Anys<UnknownIntegrationWebhook>>().toEqualTypeOf<false>();
  expectTypeOf<
    Anys<{ [K in Functions]: ReturnType<(typeof integration)[K]> }>
  >().toEqualTypeOf<false>();
});
