import { expect, test, vi } from 'vitest';
import { discriminators, isDiscriminator } from '../src/discriminators.js';

test('holds the seven events of the documentation, in its order', () => {
  expect(discriminators).toEqual([
    'ServiceOrderUpdated',
    'ResourceUpdated',
    'MessageAdded',
    'ResourceBlockUpdated',
    'CustomerAdded',
    'CustomerUpdated',
    'PaymentUpdated',
  ]);
});

test.each(discriminators)('%s is a discriminator', (discriminator) => {
  expect(isDiscriminator(discriminator)).toBe(true);
  expect(isDiscriminator(`${discriminator.slice(0, -1)}D`)).toBe(false);
  expect(isDiscriminator(discriminator.toLowerCase())).toBe(false);
  expect(isDiscriminator(` ${discriminator}`)).toBe(false);
});

test.each([
  ...[
    'ResourceDeleted',
    'ProductUpdated',
    'ProductDeleted',
    'constructor',
    '__proto__',
    'toString',
    'length',
    '0',
    '',
    'x'.repeat(99),
  ],
  ...[undefined, null, 15, {}, ['CustomerAdded'], new String('CustomerAdded'), Symbol('x')],
])('%o is none', (value) => {
  expect(isDiscriminator(value)).toBe(false);
});

test('most names are found without looking through the list of all', () => {
  const includes = vi.spyOn(Array.prototype, 'includes');
  const found = discriminators.filter(isDiscriminator);
  const lookups = includes.mock.calls.length;
  includes.mockRestore();
  expect(found).toEqual(discriminators);
  expect(lookups).toBeLessThan(discriminators.length / 2);
});
