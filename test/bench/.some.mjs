import { knownEvent, message, messages, unknownEvent } from './bodies.mjs';
import { measure } from './measure.mjs';
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
const libs = {}; for (const f of process.argv.slice(2)) libs[f] = (await import(f)).safeParseWebhook;
for (const size of [500]) {
const some = messages(size, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent())), all = messages(size);
const c = { json: [JSON.parse, some] };
for (const f in libs) { const p = libs[f]; const S = parseAll(some), A = parseAll(all); c[f + ' some'] = [new Function('p', 'return (b) => p(b)')(p), S]; c[f + ' all'] = [new Function('p', 'return (b) => p(b)')(p), A]; }
const r = measure(c, [], 200);
console.log(size, Object.entries(r).sort().map(([k, v]) => `${k.split('/').pop()} ${v.toFixed(0)} ${(r.json / v).toFixed(2)}`).join(' | '));
}
