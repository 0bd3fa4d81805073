import { readFileSync } from 'node:fs';

const created = JSON.parse(readFileSync('test/fixtures/integration-created.json', 'utf8'));
const { Integration } = created.Data;

/** The payload of the documentation, and one of each other action for the same integration. */
export const samples = [
  created,
  { Action: 'IntegrationEnabled', Data: { Integration } },
  { Action: 'IntegrationDisabled', Data: { Integration } },
  { Action: 'IntegrationCanceled', Data: { Integration } },
  { Action: 'IntegrationReinstated', Data: { Integration } },
  { Action: 'IntegrationDeleted', Data: { DeletedUtc: '2026-01-02T03:04:05Z', Integration } },
  { Action: 'IntegrationApiKeyCreated', Data: { Integration, ApiKey: 'NEW-0DDBA11CAFE-KEY' } },
];

export const secrets: readonly string[] = [created.Data.AccessToken, 'NEW-0DDBA11CAFE-KEY'];
