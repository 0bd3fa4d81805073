import { isNonEmptyString, isObject } from '../../json.js';

/** Whether a value of a request body is as the operation requires it. */
export type Check = (value: unknown) => boolean;

export const isString: Check = isNonEmptyString;

export const isBoolean: Check = (value) => typeof value === 'boolean';

/** A list of ids: none at all is refused, as are more than a thousand. */
export function isIdList(value: unknown): value is readonly string[] {
  return isStringList(value) && value.length >= 1 && value.length <= 1000;
}

export function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isNonEmptyString);
}

/** A part of time, from `StartUtc` until before `EndUtc`. */
export function isInterval(
  value: unknown,
): value is { readonly StartUtc: string; readonly EndUtc: string } {
  return hasOnly({ StartUtc: isInstant, EndUtc: isInstant })(value) && isObject(value)
    ? value.StartUtc !== undefined && value.EndUtc !== undefined
    : false;
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** An object that holds no other properties than these, each of which may be absent. */
export function hasOnly(properties: Readonly<Record<string, Check>>): Check {
  return (value) =>
    isObject(value) &&
    Object.entries(value).every(([name, item]) =>
      Object.hasOwn(properties, name) ? properties[name]?.(item) : false,
    );
}

/** The value of JSON text; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
