// The program that every runtime runs. It uses nothing but the language, TextEncoder and the library.

/** What the library makes of a message, as data that every runtime has to agree on. */
export function smoke(core) {
  const text = JSON.stringify({
    EnterpriseId: 'Zürich 🏔',
    IntegrationId: 'i',
    Events: [
      { Discriminator: 'CustomerUpdated', Value: { Id: 'c' } },
      { Discriminator: 'CustomerAdded', Value: { Id: 'c' } },
      { Discriminator: 'ServiceOrderUpdated', Value: { Id: 's' }, Extra: [1] },
      { Discriminator: 'ResourceDeleted', Value: null },
      { Discriminator: 'MessageAdded', Value: { Id: 'm' } },
    ],
  });
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(bytes.length + 2);
  padded.set(bytes, 1);
  const webhook = core.parseWebhook(text);
  const same = [
    bytes,
    bytes.buffer,
    new DataView(padded.buffer, 1, bytes.length),
    new TextEncoder().encode(`\uFEFF${text}`),
    `\uFEFF${text}`,
    JSON.parse(text),
    JSON.stringify(webhook),
  ].map((body) => JSON.stringify(core.parseWebhook(body)) === JSON.stringify(webhook));
  const refused = [
    undefined,
    new Uint8Array(),
    '{"EnterpriseId": secret',
    new Uint8Array([0x7b, 0xff, 0x7d]),
    { ...webhook, Events: [{ Discriminator: 'PaymentUpdated', Value: { Id: 7 } }] },
    { Action: 'IntegrationCreated', Data: { AccessToken: 'secret' } },
    { Events: [{ Type: 'Reservation', Id: 'r' }] },
  ].map((body) => {
    const { error } = core.safeParseWebhook(body);
    return {
      error,
      name: error.name,
      isError: error instanceof Error && error instanceof core.WebhookParseError,
      leaks: `${error}${error.stack}${JSON.stringify(error)}`.includes('secret'),
    };
  });
  const connection = {
    platformAddress: 'https://api.mews-demo.com/',
    clientToken: 'client',
    accessToken: 'access',
    client: 'Smoke 1.0',
  };
  const plan = core.planFetches(JSON.parse(JSON.stringify([webhook, webhook])));
  const { validate, jsonSchema } = core.webhookSchema['~standard'];
  const [orders] = plan.filter(({ kind }) => kind === 'ready');
  const { found, missing } = core.reconcileFetch(orders, { [orders.operation.rowsProperty]: null });
  return {
    exports: Object.keys(core).sort(),
    webhook,
    same,
    refused,
    deduped: core.dedupeEvents(webhook.Events),
    plan,
    requests: plan.map((request) =>
      core.toHttpRequest(request, connection, { MessageThreadIds: ['t'] }),
    ),
    reconciled: [found.size, missing],
    tokens: [
      ['/mews?Token=s%C3%A9cret', 'sécret'],
      ['https://example.com/mews?Token=b', ['a', 'b']],
      [{ href: 'https://example.com/?Token=a+b' }, 'a+b'],
      ['/mews?Token=a&Token=a', 'a'],
      ['/mews?Token=%', 'a'],
    ].map(([url, secrets]) => core.verifyToken(url, secrets)),
    operations: core.fetchOperations,
    schema: [
      validate(text).issues ?? null,
      validate({}).issues,
      ...['draft-2020-12', 'draft-07', 'openapi-3.0'].flatMap((target) => [
        jsonSchema.input({ target }),
        jsonSchema.output({ target }),
      ]),
    ],
  };
}

/** Webhooks to print, each with what no console may show of it. */
export function secretive({ parseIntegrationWebhook }) {
  const ApiKey = 'never-printed';
  const Integration = { Id: 'i', Name: 'printed' };
  return ['IntegrationApiKeyCreated', 'IntegrationKeyMoved'].flatMap((Action) => {
    const webhook = parseIntegrationWebhook({
      Action,
      Data: { Integration, ApiKey, More: [{ AccessToken: ApiKey }] },
    });
    return [webhook, webhook.Data];
  });
}

/** Whether the runtime lets a program make code of a string. */
export function canGenerateCode() {
  try {
    return new Function('return true')();
  } catch {
    return false;
  }
}
