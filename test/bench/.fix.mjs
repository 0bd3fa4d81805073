import { messages } from './bodies.mjs';
import { measure } from './measure.mjs';
const typia = await import(`${import.meta.dirname}/.tmp/typia.mjs`);
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
const libs = {}; for (const f of process.argv.slice(2)) libs[f] = (await import(f)).safeParseWebhook;
for (const size of [1, 7, 100, 500]) {
const c = { typia: typia.validate };
for (const f in libs) c[f] = new Function("p", "return (b) => p(b)")(libs[f]);
const r = measure(c, parseAll(messages(size)), 31);
console.log(size, Object.entries(r).sort().map(([k, v]) => `${k.split('/').pop()} ${v.toFixed(0)} ${(r.typia / v).toFixed(2)}`).join(' | '));
}
