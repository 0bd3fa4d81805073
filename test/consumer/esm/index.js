// Imports every entry of the installed package, and prints what it found.
import { readFileSync } from 'node:fs';
import { parseWebhook, WebhookParseError } from 'mews-webhooks';

const manifest = new URL('node_modules/mews-webhooks/package.json', import.meta.url);
const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
const { EnterpriseId } = parseWebhook('{"EnterpriseId":"e","IntegrationId":"i","Events":[]}');

const entries = {};
let errors = 0;
for (const path of Object.keys(exports).filter((path) => path !== './package.json')) {
  const entry = await import(path.replace('.', 'mews-webhooks'));
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
const { createWebHandler } = await import('mews-webhooks/web');
createWebHandler({
  token: null,
  onWebhook: () => {},
  onRefused: ({ error }) => {
    errors += error instanceof WebhookParseError ? 1 : Number.NaN;
    console.log(JSON.stringify({ EnterpriseId, entries, errors }));
  },
})(new Request('http://localhost/', { method: 'POST', body: '{' }));
