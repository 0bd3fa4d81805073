import { discriminators } from './discriminators.js';
import type { WebhookIssues } from './errors.js';
import type { GeneralWebhook } from './events.js';
import { safeParseWebhook } from './parse.js';

/** The dialects in which {@link webhookSchema} is available as JSON Schema. */
export type JsonSchemaTarget = 'draft-2020-12' | 'draft-07' | 'openapi-3.0';

/** What Standard JSON Schema passes to choose a dialect. */
export interface JsonSchemaOptions {
  // The open string is the standard's; another target throws.
  readonly target: JsonSchemaTarget | ({} & string);
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/**
 * What Standard Schema and Standard JSON Schema make of the contract.
 *
 * @see https://standardschema.dev
 */
export interface WebhookSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'mews-webhooks';
    /** Same verdicts and paths as `safeParseWebhook`. */
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: GeneralWebhook; readonly issues?: undefined }
      | { readonly issues: WebhookIssues };
    readonly jsonSchema: {
      /** What `parseWebhook` accepts, once parsed. Throws `TypeError` for another target. */
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      /** What `parseWebhook` returns. Throws `TypeError` for another target. */
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
    readonly types?: { readonly input: unknown; readonly output: GeneralWebhook } | undefined;
  };
}

/**
 * The contract as a schema, for libraries that accept one: Standard Schema version 1, and Standard JSON
 * Schema version 1 for `draft-2020-12`, `draft-07` and `openapi-3.0`.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { webhookSchema } from 'mews-webhooks';
 *
 * const { validate, jsonSchema } = webhookSchema['~standard'];
 * console.log(validate({}).issues?.length, jsonSchema.output({ target: 'openapi-3.0' }));
 * ```
 */
export const webhookSchema: WebhookSchema = {
  '~standard': {
    version: 1,
    vendor: 'mews-webhooks',
    validate(value) {
      const result = safeParseWebhook(value);
      return result.success ? { value: result.data } : { issues: result.error.issues };
    },
    jsonSchema: {
      input: ({ target }) => ({
        ...dialect(target),
        type: 'object',
        required: ['EnterpriseId', 'IntegrationId', 'Events'],
        properties: {
          EnterpriseId: text(),
          IntegrationId: text(),
          Events: arrayOf({ anyOf: [knownEvent(), unknownEvent()] }),
          UnknownEvents: arrayOf({ anyOf: [knownEvent(), unknownEvent()] }),
        },
      }),
      output: ({ target }) => ({
        ...dialect(target),
        type: 'object',
        required: ['EnterpriseId', 'IntegrationId', 'Events', 'UnknownEvents'],
        properties: {
          EnterpriseId: text(),
          IntegrationId: text(),
          Events: arrayOf(knownEvent()),
          UnknownEvents: arrayOf(unknownEvent()),
        },
      }),
    },
  },
};

// Keywords that all three dialects share; each call builds anew, since a caller may change its copy.
type Schema = Record<string, unknown>;

function dialect(target: string): Schema {
  switch (target) {
    case 'draft-2020-12':
      return { $schema: 'https://json-schema.org/draft/2020-12/schema' };
    case 'draft-07':
      return { $schema: 'http://json-schema.org/draft-07/schema#' };
    case 'openapi-3.0':
      return {};
    default:
      throw new TypeError('target: expected draft-2020-12, draft-07 or openapi-3.0');
  }
}

function text(): Schema {
  return { type: 'string', minLength: 1 };
}

function arrayOf(items: Schema): Schema {
  return { type: 'array', items };
}

function object(properties: Schema): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function knownEvent(): Schema {
  return object({
    Discriminator: { type: 'string', enum: [...discriminators] },
    Value: object({ Id: text() }),
  });
}

function unknownEvent(): Schema {
  return object({ Discriminator: { ...text(), not: { enum: [...discriminators] } } });
}
