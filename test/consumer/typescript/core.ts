// Uses the types of the core as a strict project does, with the syntax of the oldest compiler.
import {
  type CustomerAddedEvent,
  dedupeEvents,
  discriminators,
  type FetchRequest,
  fetchOperations,
  isDiscriminator,
  parseWebhook,
  planFetches,
  reconcileFetch,
  safeParseWebhook,
  toHttpRequest,
  verifyToken,
  type WebhookErrorCode,
  type WebhookEvent,
  WebhookParseError,
  webhookSchema,
} from 'mews-webhooks';

type IsAny<T> = 0 extends 1 & T ? true : false;
// A type that could not be resolved would be any, and accept everything below.
export const resolved: [
  IsAny<typeof parseWebhook>,
  IsAny<ReturnType<typeof parseWebhook>>,
  IsAny<WebhookEvent>,
  IsAny<FetchRequest>,
  IsAny<typeof fetchOperations>,
  IsAny<typeof webhookSchema>,
] = [false, false, false, false, false, false];

export function idOf(event: WebhookEvent): string {
  switch (event.Discriminator) {
    case 'CustomerAdded': {
      const added: CustomerAddedEvent = event;
      return added.Value.Id;
    }
    case 'ServiceOrderUpdated':
    case 'ResourceUpdated':
    case 'MessageAdded':
    case 'ResourceBlockUpdated':
    case 'CustomerUpdated':
    case 'PaymentUpdated':
      return event.Value.Id;
    default: {
      const never: never = event;
      return never;
    }
  }
}

const connection = { platformAddress: 'p', clientToken: 'c', accessToken: 'a', client: 'n' };

export function use(body: unknown): unknown[] {
  const webhook = parseWebhook(body, { onInvalidEvent: (_event, [issue]) => issue.path.length });
  const result = safeParseWebhook(body);
  const code: WebhookErrorCode | undefined = result.success ? undefined : result.error.code;
  const events: WebhookEvent[] = dedupeEvents(webhook.Events);
  const requests = planFetches([webhook]).map((request) =>
    request.kind === 'ready'
      ? toHttpRequest(request, connection)
      : toHttpRequest(request, connection, { MessageThreadIds: ['t'] }),
  );
  // @ts-expect-error: an incomplete request can't be sent as it is
  const unsendable = (request: FetchRequest) => toHttpRequest(request, connection);
  // @ts-expect-error: the webhook is read-only
  webhook.Events = [];
  const path: '/api/connector/v1/payments/getAll' = fetchOperations.PaymentUpdated.path;
  const known = ['x'].filter(isDiscriminator).concat(discriminators);
  const missing = planFetches(webhook).map((request) => reconcileFetch(request, {}).missing);
  const token: boolean = verifyToken({ href: 'h' }, ['a'], { parameter: 'Token' });
  const schema = webhookSchema['~standard'].validate(body);
  const isError = body instanceof WebhookParseError && body.issues[0].expected === 'array';
  return [code, events, requests, unsendable, path, known, missing, token, schema.issues, isError];
}
