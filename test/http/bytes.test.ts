import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { collectBytes } from '../../src/http/bytes.js';

test('joins pieces of any size, bytes of any realm and text', () => {
  const bytes = collectBytes(100);
  const view = new DataView(Uint8Array.of(9, 51, 9).buffer, 1, 1);
  for (const piece of [
    Buffer.from('1'),
    '2',
    view,
    runInNewContext('Uint8Array.of(52)'),
    'é',
    '',
  ]) {
    expect(bytes.add(piece)).toBe(true);
  }
  expect(Buffer.from(bytes.bytes()).toString()).toBe('1234é');
});

test('adds up to exactly the limit, and not one byte more', () => {
  const bytes = collectBytes(3);
  expect(bytes.add('12')).toBe(true);
  expect(bytes.add('3')).toBe(true);
  expect(bytes.add('4')).toBe(false);
});

test('leaves the pieces as they are', () => {
  const first = Buffer.from('12');
  const bytes = collectBytes(10);
  bytes.add(first);
  bytes.add('3');
  bytes.add('4');
  expect(first.toString()).toBe('12');
});

test('a byte at a time costs a few times the limit, not an object for each', () => {
  const limit = 1_048_576;
  const before = process.memoryUsage();
  const bytes = collectBytes(limit);
  const one = Uint8Array.of(32);
  for (let count = 0; count < limit; count++) bytes.add(one);
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  expect(bytes.bytes().length).toBe(limit);
  expect(arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(32e6);
});

test.each([1, null, {}])('refuses %j as a piece', (piece) => {
  expect(() => collectBytes(10).add(piece)).toThrow(TypeError);
});
