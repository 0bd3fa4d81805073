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

/** What becomes of a batch whose API responds in every way, as data that every runtime has to agree on. */
export async function smokeFetch({ fetchEntities }) {
  const events = (Discriminator, ...ids) => ids.map((Id) => ({ Discriminator, Value: { Id } }));
  const webhook = {
    EnterpriseId: 'e',
    IntegrationId: 'i',
    Events: [
      ...events('PaymentUpdated', 'p', 'missing'),
      ...events('MessageAdded', 'm'),
      ...events('ResourceUpdated', 'silent'),
      ...events('CustomerAdded', 'good', 'bad'),
      ...events('ServiceOrderUpdated', 's'),
    ],
    UnknownEvents: [{ Discriminator: 'ResourceDeleted', Value: null }],
  };
  const respond = (path, body) => {
    if (path.includes('/payments/'))
      return { Payments: [{ Id: 'p', UpdatedUtc: '2026-01-01T01:00:00.1234567+02:00' }] };
    if (path.includes('/messages/'))
      return { Messages: [{ Id: 'm', CreatedUtc: '2026-01-01T00:00:00Z' }] };
    if (path.includes('/resources/')) return undefined;
    if (path.includes('/customers/'))
      return body.CustomerIds.includes('bad') ? 400 : { Customers: [{ Id: 'good' }] };
    return 429;
  };
  const outcome = await fetchEntities(webhook, {
    connectionOf: async () => ({
      platformAddress: 'https://api.mews-demo.com',
      clientToken: 'client-token',
      accessToken: 'access-token',
      client: 'Smoke 1.0',
    }),
    messageThreadIdsOf: () => ['t'],
    timeoutMs: 50,
    fetch: async (url, { body }) => {
      const response = respond(url, JSON.parse(body));
      if (response === undefined) return new Promise(() => {});
      const status = typeof response === 'number' ? response : 200;
      const headers = { get: (name) => (name === 'Retry-After' ? '7' : null) };
      return { status, headers, text: async () => JSON.stringify(response) };
    },
  });
  // A wait without a Retry-After is varied by chance.
  for (const retry of outcome.retries) if (retry.afterMs !== 7000) retry.afterMs = 'varied';
  const reason = new Error('aborted');
  const controller = new AbortController();
  controller.abort(reason);
  const rejected = await fetchEntities(webhook, {
    connectionOf: () => undefined,
    fetch: () => {},
    signal: controller.signal,
  }).catch((error) => error === reason);
  return { outcome, rejected };
}

/** Webhooks to print, each with what no console may show of it. */
export function secretive({ parseIntegrationWebhook }) {
  const ApiKey = 'never-printed';
  const Integration = { Id: 'i', Name: 'printed' };
  return ['IntegrationApiKeyCreated', 'IntegrationKeyMoved'].flatMap((Action) => {
    const webhook = parseIntegrationWebhook({
      Action,
      Data: { Integration, ApiKey, More: [{ ApiKey }] },
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
