// Checks of JSON values, for the stand-in.
type Check = (value: unknown) => boolean;
type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

export const check = {
  isObject,
  isStrings,
  parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
  string: (value: unknown) => typeof value === 'string' && value !== '',
  boolean: (value: unknown) => typeof value === 'boolean',
  strings(least: number, most: number): Check {
    return (value) => isStrings(value) && value.length >= least && value.length <= most;
  },
  /** An object without other properties than these, each of which may be absent. */
  object(properties: Readonly<Record<string, Check>>): Check {
    return (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([name, item]) => Object.hasOwn(properties, name) && properties[name]?.(item),
      );
  },
};
