import { messages } from './bodies.mjs';
import { measure } from './measure.mjs';
import { discriminators } from './peers/discriminators.mjs';
const typia = await import(`${import.meta.dirname}/.tmp/typia.mjs`);
const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
const isStr = (v) => typeof v === 'string' && v !== '';
const groups = []; for (const n of discriminators) { while (groups.length <= n.length) groups.push([]); groups[n.length].push(n); }
function loopOf(isD) {
  return new Function('isObject', 'isStr', 'isD', `
  function isKnown(e){ return isObject(e) && isD(e.Discriminator) && isObject(e.Value) && isStr(e.Value.Id); }
  return function(events){ for (const e of events) if (!isKnown(e)) return false; return true; }`)(isObject, isStr, isD);
}
const none = [];
const isD = {
  groupFor(v) { if (typeof v !== 'string') return false; for (const n of groups[v.length] ?? []) if (n === v) return true; return false; },
  groupIdx(v) { if (typeof v !== 'string') return false; const g = groups[v.length]; if (g === undefined) return false; for (let i = 0; i < g.length; i++) if (g[i] === v) return true; return false; },
  groupIncl(v) { return typeof v === 'string' && groups[v.length] !== undefined && groups[v.length].includes(v); },
  plainIncl(v) { return discriminators.includes(v); },
  plainFor(v) { for (const n of discriminators) if (n === v) return true; return false; },
  sw(v) { switch (v) { case 'ServiceOrderUpdated': case 'ResourceUpdated': case 'MessageAdded': case 'ResourceBlockUpdated': case 'CustomerAdded': case 'CustomerUpdated': case 'PaymentUpdated': return true; default: return false; } },
};
const wrap = {
  spread: (b, w) => ({ ...b, EnterpriseId: w.EnterpriseId, IntegrationId: w.IntegrationId, Events: w.Events, UnknownEvents: [] }),
  plain: (b, w) => ({ EnterpriseId: w.EnterpriseId, IntegrationId: w.IntegrationId, Events: w.Events, UnknownEvents: [] }),
  keys: (b, w) => Object.keys(b).length === 3 ? ({ EnterpriseId: w.EnterpriseId, IntegrationId: w.IntegrationId, Events: w.Events, UnknownEvents: [] }) : 0,
  forin: (b, w) => { for (const k in b) { if (k !== 'EnterpriseId' && k !== 'IntegrationId' && k !== 'Events') return 0; } return ({ EnterpriseId: w.EnterpriseId, IntegrationId: w.IntegrationId, Events: w.Events, UnknownEvents: [] }); },
  spreadOnly: (b, w) => ({ ...b, UnknownEvents: [] }),
  assign: (b, w) => Object.assign({}, b, { UnknownEvents: [] }),
};
function full(areKnown, wrap) {
  return new Function('isObject', 'isStr', 'areKnown', 'wrap', `return function(body){
   if (!isObject(body)) return undefined; const {EnterpriseId, IntegrationId, Events, UnknownEvents} = body;
   if (!isStr(EnterpriseId) || !isStr(IntegrationId) || UnknownEvents !== undefined || !Array.isArray(Events) || !areKnown(Events)) return undefined;
   return { success: true, data: wrap(body, body) }; }`)(isObject, isStr, areKnown, new Function(`return ${wrap}`)());
}
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
for (const n of [1, 7, 500]) {
  const c = { typia: typia.validate };
  for (const k in isD) c['isD ' + k] = full(loopOf(isD[k]), wrap.plain);
  for (const k in wrap) c['wrap ' + k] = full(loopOf(isD.groupIdx), wrap[k]);
  const r = measure(c, parseAll(messages(n)), 25);
  console.log(n, Object.entries(r).map(([k, v]) => `${k} ${(r.typia / v).toFixed(2)}`).join(' | '));
}
