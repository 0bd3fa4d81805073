import {
  createIssue,
  type ExpectedType,
  type ParseResult,
  typeNameOf,
  unreadable,
  type WebhookIssue,
} from '../errors.js';
import { isArray, isNonEmptyString, isObject, type JsonObject } from '../json.js';
import { type Diagnosis, recognise, refuse } from '../validate.js';
import { type IntegrationAction, integrationActions } from './actions.js';
import { hideSecrets } from './secrets.js';
import type { IntegrationWebhook, OwnDataByAction, UnknownIntegrationWebhook } from './webhooks.js';

interface Rule {
  readonly expected: ExpectedType;
  /** The rules of an object's properties. */
  readonly properties?: Rules;
  /** May be `null` or absent. */
  readonly optional?: true;
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
const flag = { expected: 'boolean' } as const;
const named = { expected: 'object', properties: { Id: filled, Name: text } } as const;
const person = { expected: 'object', properties: { Name: text, Email: text } } as const;
const integration = { Integration: named } as const;

const dataRules: Readonly<Partial<Record<IntegrationAction, Rules>>> = {
  IntegrationCreated: {
    Enterprise: named,
    Service: { ...named, optional: true },
    Requestor: { ...person, optional: true },
    AccessToken: filled,
    CreatedUtc: filled,
    IsEnabled: flag,
    ...integration,
  },
  IntegrationDeleted: { DeletedUtc: filled, ...integration },
  IntegrationApiKeyCreated: { ...integration, ApiKey: filled },
} satisfies { readonly [A in keyof OwnDataByAction]: RulesOf<OwnDataByAction[A]> };

/**
 * Checks a JSON value against the contract of Integration webhooks. The webhook is a copy that does not
 * print its secrets. Never throws.
 */
export function validateIntegrationWebhook<K extends string>(
  body: unknown,
  unknownKind: K,
): ParseResult<IntegrationWebhook | UnknownIntegrationWebhook<K>> {
  let copy: JsonObject | undefined;
  try {
    copy = copyBody(body);
  } catch {
    return unreadable();
  }
  if (copy === undefined) {
    return refuse(recogniseOther(body), [createIssue([], 'object', typeNameOf(body))]);
  }
  const { Action, Data } = copy;
  if (isNonEmptyString(Action) && !isAction(Action)) {
    return { success: true, data: { ...copy, kind: unknownKind, Action, Data } };
  }
  const issues: WebhookIssue[] = [];
  if (isValidWebhook(copy, issues)) return { success: true, data: copy };
  // There is an issue now; the default is for the compiler.
  const [first = createIssue([], 'object', 'object'), ...others] = issues;
  return refuse(recogniseOther(body, copy), [first, ...others]);
}

/** A copy of the body without a `kind`, of which nothing throws when it is read, if it is an object. */
function copyBody(body: unknown): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  const { kind, ...others } = body;
  const { Action, Data } = body;
  return { ...others, Action, Data: hideSecrets(Data) };
}

function isAction(action: unknown): action is IntegrationAction {
  return integrationActions.some((known) => known === action);
}

/** Checks a webhook of a known action, or of none, and adds what is wrong to `issues`. */
function isValidWebhook(copy: JsonObject, issues: WebhookIssue[]): copy is IntegrationWebhook {
  const { Action } = copy;
  const properties = isAction(Action) ? (dataRules[Action] ?? integration) : {};
  checkProperties(copy, { Action: filled, Data: { expected: 'object', properties } }, [], issues);
  return issues.length === 0;
}

function checkProperties(
  object: JsonObject,
  rules: Rules,
  path: WebhookIssue['path'],
  issues: WebhookIssue[],
): void {
  for (const [name, { expected, properties, optional }] of Object.entries(rules)) {
    const value = object[name];
    if (optional && (value === undefined || value === null)) continue;
    const place = [...path, name];
    if (!isOfType(value, expected)) {
      issues.push(createIssue(place, expected, typeNameOf(value)));
    } else if (properties && isObject(value)) {
      checkProperties(value, properties, place, issues);
    }
  }
}

function isOfType(value: unknown, expected: ExpectedType): boolean {
  if (expected === 'object') return isObject(value);
  if (expected === 'non-empty string') return isNonEmptyString(value);
  return typeof value === expected;
}

/** Recognises the bodies that are commonly mistaken for an Integration webhook. */
function recogniseOther(body: unknown, copy?: JsonObject): Diagnosis | undefined {
  const diagnosis = recognise(body);
  if (diagnosis !== undefined && diagnosis[0] !== 'integration_webhook') return diagnosis;
  return copy !== undefined && isArray(copy.Events) && copy.Action === undefined
    ? [
        'general_webhook',
        'This is a General webhook, { EnterpriseId, IntegrationId, Events }, and not an Integration webhook. Use parseWebhook of mews-webhooks, or parseAnyWebhook for an endpoint that receives both.',
      ]
    : undefined;
}
