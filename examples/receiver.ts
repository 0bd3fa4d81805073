import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  type GeneralWebhook,
  safeParseWebhook,
  verifyToken,
  type WebhookEvent,
} from 'mews-webhooks';

/** What is worth doing for each event. The compiler tells when a newer version knows one more. */
export function describe(event: WebhookEvent): string {
  switch (event.Discriminator) {
    case 'ServiceOrderUpdated':
      return `reservation ${event.Value.Id} was created or changed`;
    case 'ResourceUpdated':
      return `resource ${event.Value.Id} was created or changed`;
    case 'MessageAdded':
      return `message ${event.Value.Id} was added`;
    case 'ResourceBlockUpdated':
      return `resource block ${event.Value.Id} was created, changed or deleted`;
    case 'CustomerAdded':
      return `customer ${event.Value.Id} was created`;
    case 'CustomerUpdated':
      return `customer ${event.Value.Id} was created or changed`;
    case 'PaymentUpdated':
      return `payment ${event.Value.Id} was created or changed`;
    default:
      return event satisfies never;
  }
}

/**
 * A receiver on `node:http`. It stores each message, answers, and leaves the work for later: Mews
 * waits five seconds, and sends again what was not answered with 2xx.
 */
export function createReceiver(
  secrets: readonly string[],
  store: (webhook: GeneralWebhook) => Promise<void>,
): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body = '') => response.writeHead(status).end(body);
    try {
      if (request.method !== 'POST') return void answer(405);
      if (!verifyToken(request.url ?? '', secrets)) return void answer(401);
      const result = safeParseWebhook(await buffer(request));
      if (!result.success) return void answer(400, JSON.stringify(result.error));
      await store(result.data);
      answer(204);
    } catch {
      answer(500);
    }
  });
}
