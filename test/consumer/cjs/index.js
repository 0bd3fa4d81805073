// Requires every entry of the installed package, and prints what it found.
const { readFileSync } = require('node:fs');
const { parseWebhook, WebhookParseError } = require('mews-webhooks');

const manifest = JSON.parse(readFileSync(require.resolve('mews-webhooks/package.json'), 'utf8'));
const { EnterpriseId } = parseWebhook('{"EnterpriseId":"e","IntegrationId":"i","Events":[]}');

const entries = {};
let errors = 0;
for (const path of Object.keys(manifest.exports).filter((path) => path !== './package.json')) {
  const entry = require(path.replace('.', 'mews-webhooks'));
  entries[path] = Object.keys(entry).sort();
  for (const name of entries[path].filter((name) => /^parse[A-Z]/.test(name))) {
    try {
      entry[name](undefined);
    } catch (error) {
      // One class for every entry, or instanceof fails where two of them meet.
      errors += error instanceof WebhookParseError ? 1 : Number.NaN;
    }
  }
}

// The same of an error that a handler makes.
const { createWebHandler } = require('mews-webhooks/web');
createWebHandler({
  token: null,
  onWebhook: () => {},
  onRefused: ({ error }) => {
    errors += error instanceof WebhookParseError ? 1 : Number.NaN;
    console.log(JSON.stringify({ EnterpriseId, entries, errors }));
  },
})(new Request('http://localhost/', { method: 'POST', body: '{' }));
