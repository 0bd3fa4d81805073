import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WebhookParseError } from '../../src/errors.js';
import { parseWebhook, safeParseWebhook } from '../../src/parse.js';

// The seeds of the fuzzer, and what it ever found.
const inputs = ['seeds', 'crashes'].flatMap((folder) =>
  readdirSync(`test/fuzz/${folder}`)
    .filter((name) => !name.startsWith('.'))
    .map((name) => [name, readFileSync(`test/fuzz/${folder}/${name}`)] as const),
);

test.each(inputs)('%s', (_, body) => {
  const result = safeParseWebhook(body);
  if (result.success) {
    expect(parseWebhook(JSON.stringify(result.data))).toEqual(result.data);
    expect(parseWebhook(body.toString('utf8'))).toEqual(result.data);
  } else {
    expect(result.error).toBeInstanceOf(WebhookParseError);
    expect(() => parseWebhook(body)).toThrow(result.error.message);
  }
});
