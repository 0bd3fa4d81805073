import { safeParseWebhook, dedupeEvents } from '../../dist/index.js';
import { uniqBy } from 'es-toolkit';
import { knownEvent, message, messages, unknownEvent, randomId } from './bodies.mjs';
import { kept, measure } from './measure.mjs';
import { existsSync } from 'node:fs';
import { makeTypia } from './prepare.mjs';
const t = `${import.meta.dirname}/.tmp/typia.mjs`;
const typia = await import(existsSync(t) ? t : makeTypia());
const typebox = await import('./peers/typebox.mjs');
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
const rounds = Number(process.argv[2] ?? 40);
console.log('n    typia/ours is/ours typebox/ours JSON.parse/ours ours_ns');
for (const n of [1, 7, 100, 500, 5000]) {
  const texts = messages(n);
  const r = measure({ ours: (b) => safeParseWebhook(b), typia: typia.validate, is: typia.is, typebox: typebox.validate, json: [JSON.parse, texts] }, parseAll(texts), rounds);
  console.log(n, ...['typia', 'is', 'typebox', 'json'].map((k) => (r[k] / r.ours).toFixed(2)), r.ours.toFixed(0));
}
{
  const some = messages(500, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent()));
  const one = Array.from({ length: 120 }, () => { const at = Math.floor(Math.random() * 500); return message(500, (i) => (i === at ? unknownEvent() : knownEvent())); });
  const r = measure({ some: [(b) => safeParseWebhook(b), parseAll(some)], one: [(b) => safeParseWebhook(b), parseAll(one)], all: [(b) => safeParseWebhook(b), parseAll(messages(500))], json: [JSON.parse, some] }, [], rounds * 8);
  console.log('20% unknown json/ours', (r.json / r.some).toFixed(2), 'one/all', (r.one / r.all).toFixed(2), 'some/all', (r.some / r.all).toFixed(2));
}
