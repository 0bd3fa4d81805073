// Two realms meet, as in Electron or a test runner: values of one go to a library of the other.
const { readFileSync } = require('node:fs');
const { dirname, resolve } = require('node:path');
const vm = require('node:vm');

const here = require('mews-webhooks');
const context = vm.createContext(
  { TextDecoder, TextEncoder, URL },
  { codeGeneration: { strings: false, wasm: false } },
);
const there = load(require.resolve('mews-webhooks'));

/** Loads a CJS file and what it requires inside the other realm. */
function load(file) {
  const run = vm.runInContext(
    `(function (module, exports, require) {${readFileSync(file, 'utf8')}\n})`,
    context,
  );
  const module = { exports: {} };
  run(module, module.exports, (path) => load(resolve(dirname(file), path)));
  return module.exports;
}

const text =
  '{"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"New","Value":"é"}]}';
const makeBodies = (json) => {
  const bytes = new Uint8Array(new TextEncoder().encode(json));
  return [bytes, bytes.buffer, new DataView(bytes.buffer), JSON.parse(json)];
};
const bodies = { here: makeBodies(text), there: vm.runInContext(`(${makeBodies})`, context)(text) };

const result = {
  // The premise: these are two realms.
  apart: !(bodies.there[3] instanceof Object) && bodies.here[3] instanceof Object,
  parsed: [
    ...bodies.there.map((body) => here.parseWebhook(body)),
    ...bodies.here.map((body) => there.parseWebhook(body)),
  ].every((webhook) => webhook.UnknownEvents[0].Value === 'é'),
  refused: [
    here.safeParseWebhook(vm.runInContext('({ Events: {} })', context)).error.message,
    there.safeParseWebhook({ Events: {} }).error.message,
  ],
  planned: [
    here.planFetches(vm.runInContext('[]', context)).length,
    there.planFetches(new Set()).length,
    there.planFetches(new Set([here.parseWebhook(text)])).length,
  ],
  tokens: [
    here.verifyToken('/?Token=a', vm.runInContext('["b", "a"]', context)),
    there.verifyToken(new URL('http://localhost/?Token=a'), ['b', 'a']),
  ],
};

console.log(JSON.stringify({ result }));
