import { knownEvent, messages, unknownEvent } from './bodies.mjs';
import { measure } from './measure.mjs';
import { discriminators } from './peers/discriminators.mjs';
const hdr = `
const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
const isStr = (v) => typeof v === 'string' && v !== '';
const D = ${JSON.stringify(discriminators)};
const groups = []; for (const n of D) { while (groups.length <= n.length) groups.push([]); groups[n.length].push(n); }
function isDIncl(v){ return typeof v === 'string' && (groups[v.length]?.includes(v) ?? false); }
function isDFor(v){ if (typeof v !== 'string') return false; const g = groups[v.length]; if (g === undefined) return false; for (const n of g) if (n === v) return true; return false; }
`;
const mk = (isD, body) => new Function(`${hdr}
const isD = ${isD};
function isKnown(e){ return isObject(e) && isD(e.Discriminator) && isObject(e.Value) && isStr(e.Value.Id); }
function isUnknown(e){ return isObject(e) && isStr(e.Discriminator) && !isD(e.Discriminator); }
function isNamed(e){ return isObject(e) && isStr(e.Discriminator); }
${body}
return function(body){ const sorted = {E: [], U: []}; const i = sort(body.Events, 0, sorted); return sorted; }`)();
const bodies = {
 two: `function sort(events, i, s) { try { for (; i < events.length; i++) { const e = events[i]; if (isKnown(e)) s.E.push(e); else if (isUnknown(e)) s.U.push(e); else break; } } catch {} return i; }`,
 twoNoTry: `function sort(events, i, s) { for (; i < events.length; i++) { const e = events[i]; if (isKnown(e)) s.E.push(e); else if (isUnknown(e)) s.U.push(e); else break; } return i; }`,
 local: `function sort(events, i, s) { const E = s.E, U = s.U; try { for (; i < events.length; i++) { const e = events[i]; if (isKnown(e)) E.push(e); else if (isUnknown(e)) U.push(e); else break; } } catch {} return i; }`,
 once: `function sort(events, i, s) { try { for (; i < events.length; i++) { const e = events[i]; if (!isNamed(e)) break; if (!isD(e.Discriminator)) s.U.push(e); else if (isObject(e.Value) && isStr(e.Value.Id)) s.E.push(e); else break; } } catch {} return i; }`,
 nopush: `function sort(events, i, s) { let k = 0, u = 0; try { for (; i < events.length; i++) { const e = events[i]; if (isKnown(e)) k++; else if (isUnknown(e)) u++; else break; } } catch {} s.k = k; s.u = u; return i; }`,
};
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
const some = messages(500, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent()));
const all = messages(500);
const c = { json: [JSON.parse, some], 'all nopush': [mk('isDIncl', bodies.nopush), parseAll(all)], 'all two': [mk('isDIncl', bodies.two), parseAll(all)] };
for (const d of ['isDIncl', 'isDFor']) for (const b in bodies) c[`${d} ${b}`] = [mk(d, bodies[b]), parseAll(some)];
const r = measure(c, [], 25);
console.log(Object.entries(r).sort().map(([k, v]) => `${k} ${v.toFixed(0)} ${(r.json / v).toFixed(2)}`).join('\n'));
