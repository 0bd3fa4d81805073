// How long it takes to validate a parsed body, against JSON.parse of the same body: ratios of medians.
import { Bench } from 'tinybench';
import { safeParseWebhook } from '../../dist/index.js';
import { messages } from './bodies.mjs';

console.log('| events | validate, of JSON.parse |\n|--:|--:|');
for (const count of [1, 7, 100, 500, 5000]) {
  const texts = messages(count);
  const bodies = texts.map((text) => JSON.parse(text));
  let kept;
  const bench = new Bench({ time: 1500, warmupTime: 500 })
    .add('JSON.parse', () => {
      for (const text of texts) kept = JSON.parse(text);
    })
    .add('validate', () => {
      for (const body of bodies) kept = safeParseWebhook(body);
    });
  await bench.run();
  if (kept.success !== true) throw new Error('expected a valid message');
  const [parse, validate] = bench.tasks.map(({ result }) => result.latency.p50);
  console.log(`| ${count} | ${((100 * validate) / parse).toFixed(1)} % |`);
}
