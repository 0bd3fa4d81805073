import { createIssue, type ExpectedType, type WebhookIssue } from '../errors.js';
import { isNonEmptyString, isObject, type JsonObject } from '../json.js';
import type {
  IntegrationAction,
  IntegrationDataByAction,
  IntegrationWebhook,
  UnknownIntegrationWebhook,
} from './webhooks.js';

interface Rule {
  readonly expected: ExpectedType;
  /** The rules of an object's properties. */
  readonly properties?: Rules;
  /** May be `null` or absent. */
  readonly optional?: true;
  /** Must not be printed. */
  readonly secret?: true;
}

interface Rules {
  readonly [property: string]: Rule;
}

// Ties the rules to the types: a rule that is missing, or that is for another type, does not compile.
type RulesOf<T> = { readonly [P in keyof T]-?: RuleOf<T[P]> };
type RuleOf<T> = (null extends T ? { optional: true } : { optional?: never }) &
  (NonNullable<T> extends string
    ? { expected: 'string' | 'non-empty string' }
    : NonNullable<T> extends boolean
      ? { expected: 'boolean' }
      : { expected: 'object'; properties: RulesOf<NonNullable<T>> });

const text = { expected: 'string' } as const;
const filled = { expected: 'non-empty string' } as const;
const secret = { expected: 'non-empty string', secret: true } as const;
const flag = { expected: 'boolean' } as const;
const named = { expected: 'object', properties: { Id: filled, Name: text } } as const;
const person = { expected: 'object', properties: { Name: text, Email: text } } as const;
const integration = { Integration: named } as const;

const rulesByAction = {
  IntegrationCreated: {
    Enterprise: named,
    Service: { ...named, optional: true },
    Requestor: { ...person, optional: true },
    AccessToken: secret,
    CreatedUtc: filled,
    IsEnabled: flag,
    ...integration,
  },
  IntegrationEnabled: integration,
  IntegrationDisabled: integration,
  IntegrationCanceled: integration,
  IntegrationReinstated: integration,
  IntegrationDeleted: { DeletedUtc: filled, ...integration },
  IntegrationApiKeyCreated: { ...integration, ApiKey: secret },
} as const satisfies { [A in IntegrationAction]: RulesOf<IntegrationDataByAction[A]> };

/**
 * Checks a JSON value against the contract of Integration webhooks: either the webhook, as a copy that
 * does not print its secrets, or at least one issue. Throws what reading the value throws.
 */
export function validateIntegrationWebhook<K extends string>(
  body: unknown,
  unknownKind: K,
): IntegrationWebhook | UnknownIntegrationWebhook<K> | WebhookIssue[] {
  if (!isObject(body)) return [createIssue([], 'object', body)];
  const { kind, ...webhook } = body;
  const { Action, Data } = webhook;
  if (isNonEmptyString(Action) && !isAction(Action)) {
    const hidden = isObject(Data) ? copyOf(Data, {}, [], []) : Data;
    const unknown = { ...webhook, kind: unknownKind, Action, Data: hidden };
    hide(unknown, ['kind', 'Action']);
    return unknown;
  }
  const issues: WebhookIssue[] = [];
  const properties = isAction(Action) ? rulesByAction[Action] : {};
  const rules: Rules = { Action: filled, Data: { expected: 'object', properties } };
  const copy = copyOf(webhook, rules, [], issues);
  return isWebhook(copy, issues) ? copy : issues;
}

function isAction(action: unknown): action is IntegrationAction {
  return isNonEmptyString(action) && Object.hasOwn(rulesByAction, action);
}

function isWebhook(_: unknown, issues: readonly WebhookIssue[]): _ is IntegrationWebhook {
  return issues.length === 0;
}

/** Copies an object, adds what is wrong in it to `issues`, and hides what must not be printed. */
function copyOf(
  object: JsonObject,
  rules: Rules,
  path: WebhookIssue['path'],
  issues: WebhookIssue[],
): JsonObject {
  const copy = { ...object };
  const shown: string[] = [];
  for (const [property, { expected, properties, optional, secret }] of Object.entries(rules)) {
    const value = copy[property];
    const place = [...path, property];
    if (!(optional && (value === undefined || value === null)) && !fits(value, expected)) {
      issues.push(createIssue(place, expected, value));
    } else if (properties && isObject(value)) {
      copy[property] = copyOf(value, properties, place, issues);
    }
    if (!secret) shown.push(property);
  }
  hide(copy, shown);
  return copy;
}

function fits(value: unknown, expected: ExpectedType): boolean {
  if (expected === 'object') return isObject(value);
  if (expected === 'non-empty string') return isNonEmptyString(value);
  return typeof value === expected;
}

/**
 * Turns properties into getters, all but the `shown`. Consoles print a getter as such, without calling
 * it; whatever else reads the object, `JSON.stringify` included, finds an ordinary property.
 */
function hide(object: JsonObject, shown: readonly string[]): void {
  for (const property of Object.keys(object)) {
    const value = object[property];
    if (!shown.includes(property)) Object.defineProperty(object, property, { get: () => value });
  }
}
