import { checkReceiver } from 'mews-webhooks/testing';
import { expect } from 'vitest';

export const token = 'a-secret-of-this-test';

interface Init {
  readonly method?: string;
  readonly type?: string;
  readonly chunked?: boolean;
}

/** Posts to a real server: bytes, and by default no content type. */
export function postTo(base: string | URL): Receiver['post'] {
  return (path, body, { method = 'POST', type, chunked = false } = {}) => {
    const bytes = new TextEncoder().encode(body);
    return fetch(new URL(path, base), {
      method,
      ...(method !== 'GET' && { body: chunked ? new Blob([bytes]).stream() : bytes }),
      ...(chunked && { duplex: 'half' }),
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        // Adapters from Request to Node.js close the connection of an unread body, and no header says so.
        ...(bytes.length > 1_048_576 && { connection: 'close' }),
      },
    });
  };
}

/** Runs the receiver check of the library against a running server. */
export async function expectReady(base: string | URL): Promise<void> {
  const url = new URL(`/mews?Token=${token}`, base);
  const { ok, results } = await checkReceiver(url, { timeoutMs: 30_000 });
  expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(ok).toBe(true);
}

/** How to post to a server that is to be tested, and what it stored. */
export interface Receiver {
  post(path: string, body: string, init?: Init): Promise<Response>;
  stored(): Promise<unknown[]>;
}

const events = (count: number, Discriminator = 'CustomerUpdated') =>
  Array.from({ length: count }, (_, index) => ({ Discriminator, Value: { Id: `id-${index}` } }));
const bodyOf = (Events: unknown): string =>
  JSON.stringify({ EnterpriseId: 'enterprise-1', IntegrationId: 'integration-1', Events });

/**
 * The status of the response. Bun and the adapters from Request to Node.js close the connection with it, so
 * that a sender that is still writing can miss it. servers.spec.ts checks that the refusal was reported.
 */
async function statusOfTooLarge(sent: Promise<Response>): Promise<number> {
  try {
    return (await sent).status;
  } catch (error) {
    if (wasClosed(error)) return 413;
    throw error;
  }
}

function wasClosed(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}

/** Requests of Mews and of others, and what every receiver has to do with them. */
export const deliveries: Record<string, (receiver: Receiver) => Promise<void>> = {
  'without a content type, stored': async ({ post, stored }) => {
    const before = (await stored()).length;
    const response = await post(`/mews?Token=${token}`, bodyOf(events(1)));
    expect(response.status).toBe(204);
    await expect
      .poll(async () => (await stored()).slice(before))
      .toEqual([{ ...JSON.parse(bodyOf(events(1))), UnknownEvents: [] }]);
  },
  'with a content type': async ({ post, stored }) => {
    const before = (await stored()).length;
    for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain']) {
      const path = `/mews?Token=${token}`;
      expect((await post(path, bodyOf(events(1)), { type })).status).toBe(204);
    }
    await expect.poll(stored).toHaveLength(before + 3);
  },
  '200 kB with a JSON content type, which body parsers read': async ({ post }) => {
    const body = bodyOf(events(4000));
    expect(body.length).toBeGreaterThan(200_000);
    const path = `/mews?Token=${token}`;
    expect((await post(path, body, { type: 'application/json' })).status).toBe(204);
  },
  'an unknown event, 500 events, and the same again': async ({ post, stored }) => {
    const before = (await stored()).length;
    const path = `/mews?Token=${token}`;
    for (const body of [bodyOf(events(1, 'ResourceDeleted')), bodyOf(events(500)), bodyOf([])]) {
      expect((await post(path, body)).status).toBe(204);
      expect((await post(path, body)).status).toBe(204);
    }
    await expect.poll(stored).toHaveLength(before + 6);
    expect((await stored())[before]).toMatchObject({
      Events: [],
      UnknownEvents: events(1, 'ResourceDeleted'),
    });
  },
  'a wrong token, or none': async ({ post, stored }) => {
    const before = (await stored()).length;
    for (const query of ['', '?Token=wrong']) {
      expect((await post(`/mews${query}`, bodyOf([]))).status).toBe(401);
    }
    expect((await stored()).length).toBe(before);
  },
  'a token that is repeated': async ({ post }) => {
    const query = `?Token=${token}&Token=${token}`;
    expect((await post(`/mews${query}`, bodyOf([]))).status).toBe(401);
  },
  'a body that is no webhook, without a value in the response': async ({ post }) => {
    const response = await post(`/mews?Token=${token}`, bodyOf([{ Discriminator: 5, X: 'value' }]));
    const text = await response.text();
    expect([response.status, JSON.parse(text).code]).toEqual([400, 'invalid_webhook']);
    expect(text).not.toMatch(/value|enterprise-1|secret/);
    expect((await post(`/mews?Token=${token}`, '')).status).toBe(400);
  },
  'more than a megabyte': async ({ post, stored }) => {
    const before = (await stored()).length;
    const path = `/mews?Token=${token}`;
    expect(await statusOfTooLarge(post(path, ' '.repeat(2_000_000)))).toBe(413);
    expect((await post(path, bodyOf([]))).status).toBe(204);
    await expect.poll(stored).toHaveLength(before + 1);
  },
  'more than a megabyte, without Content-Length': async ({ post, stored }) => {
    const before = (await stored()).length;
    const path = `/mews?Token=${token}`;
    const sent = post(path, ' '.repeat(2_000_000), { chunked: true });
    expect(await statusOfTooLarge(sent)).toBe(413);
    expect((await stored()).length).toBe(before);
    expect((await post(path, bodyOf([]), { chunked: true })).status).toBe(204);
  },
  'another method': async ({ post }) => {
    expect((await post(`/mews?Token=${token}`, '', { method: 'GET' })).status).toBe(405);
    expect((await post(`/mews?Token=${token}`, bodyOf([]), { method: 'PUT' })).status).toBe(405);
  },
};
