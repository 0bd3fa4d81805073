import { messages } from './bodies.mjs';
import { measure } from './measure.mjs';
import { discriminators } from './peers/discriminators.mjs';
const typia = await import(`${import.meta.dirname}/.tmp/typia.mjs`);
const groups = []; for (const n of discriminators) { while (groups.length <= n.length) groups.push([]); groups[n.length].push(n); }
const hdr = `
const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
const isObj2 = (v) => typeof v === 'object' && v !== null;
const isStr = (v) => typeof v === 'string' && v !== '';
const isStrL = (v) => typeof v === 'string' && v.length > 0;
const D = ${JSON.stringify(discriminators)};
const groups = []; for (const n of D) { while (groups.length <= n.length) groups.push([]); groups[n.length].push(n); }
const byLen = {}; for (const n of D) (byLen[n.length] ??= []).push(n);
const map2 = []; for (let i=0;i<32;i++) map2.push(['','']); for (const n of D) { const p = map2[n.length]; if (p[0]==='') p[0]=n; else p[1]=n; }
const keyOf = (n) => n.length ^ n.charCodeAt(0);
const nameOf = Object.fromEntries(D.map((n) => [keyOf(n), n]));
function isDIncl(v){ return typeof v === 'string' && (groups[v.length]?.includes(v) ?? false); }
function isDIdx(v){ if (typeof v !== 'string') return false; const g = groups[v.length]; if (g === undefined) return false; for (let i = 0; i < g.length; i++) if (g[i] === v) return true; return false; }
function isDKey(v){ return typeof v === 'string' && nameOf[keyOf(v)] === v; }
function isDSwLen(v){ if (typeof v !== 'string') return false; switch (v.length) { case 19: return v === 'ServiceOrderUpdated'; case 15: return v === 'ResourceUpdated' || v === 'CustomerUpdated'; case 12: return v === 'MessageAdded'; case 20: return v === 'ResourceBlockUpdated'; case 13: return v === 'CustomerAdded'; case 14: return v === 'PaymentUpdated'; default: return false } }
function isDSw(v) { switch (v) { case 'ServiceOrderUpdated': case 'ResourceUpdated': case 'MessageAdded': case 'ResourceBlockUpdated': case 'CustomerAdded': case 'CustomerUpdated': case 'PaymentUpdated': return true; default: return false; } }
`;
const mk = (isD, obj, str, loop) => new Function(`${hdr}
function isKnown(e){ return ${obj}(e) && ${isD}(e.Discriminator) && ${obj}(e.Value) && ${str}(e.Value.Id); }
function areKnown(events) { ${loop === 'of' ? 'for (const e of events) if (!isKnown(e)) return false; return true' : loop === 'count' ? 'let i = 0; while (i < events.length && isKnown(events[i])) i++; return i === events.length' : 'for (let i = 0; i < events.length; i++) if (!isKnown(events[i])) return false; return true'}; }
return function(body){ if (!isObject(body)) return undefined; const {EnterpriseId, IntegrationId, Events, UnknownEvents} = body;
   if (!isStr(EnterpriseId) || !isStr(IntegrationId) || UnknownEvents !== undefined || !Array.isArray(Events) || !areKnown(Events)) return undefined;
   return { success: true, data: {EnterpriseId, IntegrationId, Events, UnknownEvents:[]} }; }`)();
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
for (const n of [7, 500]) {
  const c = { typia: typia.validate, is: typia.is };
  for (const d of ['isDIncl','isDIdx','isDKey','isDSwLen']) for (const o of ['isObject','isObj2']) for (const l of ['of','idx','count']) c[`${d} ${o} ${l}`] = mk(d, o, 'isStr', l);
  c['isDKey isObject idx L'] = mk('isDKey','isObject','isStrL','idx');
  const r = measure(c, parseAll(messages(n)), 21);
  console.log(n, Object.entries(r).sort().map(([k, v]) => `${k} ${(r.typia / v).toFixed(2)}`).join('\n'));
}
