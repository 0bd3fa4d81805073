const secretNames: readonly string[] = ['AccessToken', 'ApiKey'];

/**
 * A deep copy in which every `AccessToken` and `ApiKey` is a getter. Consoles print a getter as such,
 * without calling it; whatever else reads the object, `JSON.stringify` included, finds an ordinary
 * property. Not recursive, so that a body may be nested as deeply as JSON.parse allows.
 */
export function hideSecrets(data: unknown): unknown {
  const copies = new Map<object, object>();
  const copyOf = (value: unknown): unknown => {
    if (!isArray(value) && !isRecord(value)) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const copy = isArray(value) ? [...value] : { ...value };
    copies.set(value, copy);
    return copy;
  };
  const result = copyOf(data);
  // The map grows while it is walked, until the copy holds nothing of the original.
  for (const copy of copies.values()) {
    for (const [name, value] of Object.entries(copy)) {
      const child = copyOf(value);
      const descriptor = secretNames.includes(name) ? { get: () => child } : { value: child };
      Object.defineProperty(copy, name, descriptor);
    }
  }
  return result;
}

/** Whether a value is an object of properties; a date, for example, would be spoiled by a copy. */
function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** `Array.isArray`, which alone would make the items `any`. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
