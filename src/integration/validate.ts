import {
  createIssue,
  type ExpectedType,
  failure,
  type ParseResult,
  typeNameOf,
  unreadable,
  type WebhookIssue,
  type WebhookIssues,
} from '../errors.js';
import { isNonEmptyString, isObject, type JsonObject } from '../json.js';
import { describe, diagnose } from '../validate.js';
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
  try {
    return checkBody(body, unknownKind);
  } catch {
    return unreadable();
  }
}

function checkBody<K extends string>(
  body: unknown,
  unknownKind: K,
): ParseResult<IntegrationWebhook | UnknownIntegrationWebhook<K>> {
  const copy = copyBody(body);
  if (copy === undefined) {
    return diagnoseIntegration(body, [createIssue([], 'object', typeNameOf(body))]);
  }
  const { Action, Data } = copy;
  if (isNonEmptyString(Action) && !isAction(Action)) {
    return { success: true, data: { ...copy, kind: unknownKind, Action, Data } };
  }
  const issues: WebhookIssue[] = [];
  if (isValidWebhook(copy, issues)) return { success: true, data: copy };
  // There is an issue now; the default is for the compiler.
  const [first = createIssue([], 'object', 'object'), ...others] = issues;
  return diagnoseIntegration(body, [first, ...others], copy);
}

/** A copy of the body without a `kind`, if it is an object. */
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

/** The failure of a body: by what it is commonly mistaken for, or else by its first issue. */
function diagnoseIntegration(
  body: unknown,
  issues: WebhookIssues,
  copy?: JsonObject,
): ParseResult<never> {
  const diagnosis = diagnose(body, issues);
  const { code } = diagnosis.error;
  if (code === 'missing_body' || code === 'websocket_message') return diagnosis;
  if (copy !== undefined && Array.isArray(copy.Events) && copy.Action === undefined) {
    const message =
      'The body is a General webhook. Use parseWebhook of mews-webhooks, or parseAnyWebhook for an endpoint that receives both.';
    return failure('general_webhook', message, issues);
  }
  if (code === 'invalid_webhook') return diagnosis;
  return failure('invalid_webhook', describe(issues[0], issues.length - 1), issues);
}
