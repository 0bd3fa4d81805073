import { createServer } from 'node:http';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createNodeHandler } from '../../src/http/node.js';
import { verifyToken } from '../../src/index.js';
import { type CheckOptions, type CheckReport, checkReceiver } from '../../src/testing/index.js';
import { type Fault, portOf, startReceiver, stopReceivers, token } from './receivers.js';

// A whole check takes a second or two, and many run at once.
vi.setConfig({ testTimeout: 60_000 });
afterAll(stopReceivers);

const timeoutMs = 10_000;
const check = async (fault?: Fault, options?: CheckOptions) =>
  checkReceiver(await startReceiver(fault), { timeoutMs, integration: true, ...options });
const withStatus = ({ results }: CheckReport, wanted: string) =>
  results.filter(({ status }) => status === wanted).map(({ id }) => id);
const resultOf = ({ results }: CheckReport, id: string) => {
  const result = results.find((result) => result.id === id);
  if (!result) throw new Error(`there is no rule ${id}`);
  return result;
};

const ids = ['in-time', 'content-type', 'sample', 'unknown-event', '500-events', 'wrong-token'];

describe('a good receiver passes every rule', () => {
  test('on node:http', async () => {
    const progress: string[] = [];
    const report = await check(undefined, {
      onResult: ({ id }, total) => progress.push(`${id} of ${total}`),
    });
    expect(report.results.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.results.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(progress).toEqual(report.results.map(({ id }) => `${id} of ${report.results.length}`));
    for (const result of report.results) {
      expect(result.docsUrl).toMatch(/^https:\/\/docs\.mews\.com\/connector-api\/events\/wh-/);
      expect(Object.values(result)).not.toContain('');
    }
  });

  test('made with createNodeHandler', async () => {
    const onWebhook = async () => {};
    const server = createServer(
      createNodeHandler({ token, onWebhook, onIntegrationWebhook: onWebhook, timeoutMs }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://localhost:${portOf(server)}/?Token=wrong&a=1`);
    url.hostname = '127.0.0.1';
    const report = await checkReceiver(url, { token, integration: true, timeoutMs });
    server.close();
    expect(report.results.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  test('behind a redirect with 308, and with a token parameter of another name', async () => {
    const url = await startReceiver(({ url }) => {
      if (url.includes('/old'))
        return { status: 308, headers: { Location: url.replace('old', '') } };
      return { status: url.endsWith('?key=secret') ? 204 : 401 };
    });
    const only = ['redirect', 'missing-token'];
    const address = url.replace('mews', 'old').replace('Token', 'key');
    const report = await checkReceiver(address, { timeoutMs, only, tokenParameter: 'key' });
    expect(resultOf(report, 'redirect').detail).toMatch(/^redirected: responded 204/);
    expect(report.ok).toBe(true);
  });
});

const isNew =
  (seen = new Set<unknown>()) =>
  (key: unknown) =>
    seen.size !== seen.add(key).size;
const isSigned: Fault = ({ request }) =>
  request.headers['x-mews-signature'] ? undefined : { status: 401 };
const hasTokens = (url: string) => new URL(url, 'http://localhost').searchParams.getAll('Token');
const accepted: Fault = ({ events, request }) =>
  events && request.method === 'POST' ? { status: 204 } : undefined;
const keysOf = (event: object) => Object.keys(event).length;
const known = [
  'ServiceOrderUpdated',
  'ResourceUpdated',
  'MessageAdded',
  'ResourceBlockUpdated',
].concat(['CustomerAdded', 'CustomerUpdated', 'PaymentUpdated']);

/** A receiver that breaks just one rule, and what is said of it. */
const faults: readonly (readonly [rule: string, what: string, fault: () => Fault, RegExp])[] = [
  [
    'content-type',
    '415 without one',
    () =>
      ({ request }) =>
        request.headers['content-type'] ? undefined : { status: 415 },
    /without: responded 415.*with/,
  ],
  [
    'content-type',
    'a body that is never read',
    () =>
      ({ request, url, text }) =>
        request.headers['content-type'] || !url.endsWith('=secret') || text === ''
          ? undefined
          : { status: 204 },
    /the body is not read/,
  ],
  [
    'concurrent',
    'one at a time',
    () =>
      ({ inFlight }) =>
        // Long enough for the ten to meet on a busy machine, too.
        inFlight > 1 ? { status: 503 } : { delayMs: 40 },
    /of ten, one: responded 503/,
  ],
  [
    'one-event',
    'one kind forgotten',
    () =>
      ({ events }) =>
        events?.length === 1 && events[0]?.Discriminator === 'ResourceBlockUpdated'
          ? { status: 500 }
          : undefined,
    /ResourceBlockUpdated: responded 500/,
  ],
  [
    '500-events',
    'work for each event',
    () =>
      ({ events }) => ({ delayMs: (events?.length ?? 0) * 25 }),
    /no response in \d+(\.\d)? s/,
  ],
  [
    '500-events',
    'a limit',
    () =>
      ({ events }) =>
        events && events.length > 100 ? { status: 413 } : undefined,
    /responded 413/,
  ],
  [
    'empty-list',
    'Events[0]',
    () =>
      ({ events }) =>
        events?.length === 0 ? { status: 500 } : undefined,
    /no events: responded 500/,
  ],
  [
    'unknown-event',
    'a switch that throws',
    () =>
      ({ events }) =>
        (events?.every(({ Discriminator }) => known.includes(Discriminator)) ?? true)
          ? undefined
          : { status: 500 },
    /ResourceDeleted: responded 500/,
  ],
  [
    'unknown-event',
    'an object as a map',
    () =>
      ({ events }) =>
        events?.some(({ Discriminator }) => Discriminator in {}) ? { instead: 'cut' } : undefined,
    /constructor: closed the connection/,
  ],
  [
    'extra-properties',
    'a strict schema',
    () =>
      ({ message, events }) =>
        'Entities' in message || events?.some((event) => keysOf(event) > 2)
          ? { status: 400 }
          : undefined,
    /Entities: responded 400/,
  ],
  [
    'duplicates',
    'a unique key within the message',
    () =>
      ({ events }) => {
        const keys = events?.map((event) => JSON.stringify(event)) ?? [];
        return new Set(keys).size < keys.length ? { status: 409 } : undefined;
      },
    /twice: responded 409/,
  ],
  [
    're-delivery',
    'a list of messages that were seen',
    () => {
      const isFirst = isNew();
      return ({ events, request, url, text }) =>
        events?.length && request.method === 'POST' && url.endsWith('=secret') && !isFirst(text)
          ? { status: 409 }
          : undefined;
    },
    /again: responded 409/,
  ],
  [
    'added-and-updated',
    'insert on Added',
    () => {
      const isFirst = isNew();
      return ({ events }) =>
        events?.length === 1 &&
        /^Customer/.test(`${events[0]?.Discriminator}`) &&
        !isFirst(JSON.stringify(events[0]?.Value))
          ? { status: 409 }
          : undefined;
    },
    /Added after it: responded 409/,
  ],
  [
    'integration-webhook',
    'General webhooks only',
    () =>
      ({ text }) =>
        text.startsWith('{"Action"') ? { status: 400 } : undefined,
    /IntegrationCreated: responded 400/,
  ],
  [
    'wrong-token',
    'any token will do',
    () => (seen) => {
      const tokens = hasTokens(seen.url);
      return tokens.length === 1 && tokens[0] ? accepted(seen) : undefined;
    },
    /responded 204.*expected 4xx/,
  ],
  [
    'missing-token',
    'no token will do',
    () => (seen) => (hasTokens(seen.url).length === 0 ? accepted(seen) : undefined),
    /responded 204/,
  ],
  [
    'empty-token',
    'an empty token will do',
    () => (seen) => (hasTokens(seen.url)[0] === '' ? accepted(seen) : undefined),
    /responded 204/,
  ],
  [
    'doubled-token',
    'the first token counts',
    () => (seen) => {
      const tokens = hasTokens(seen.url);
      return tokens.length === 2 && tokens[0] === token ? accepted(seen) : undefined;
    },
    /responded 204/,
  ],
  [
    'get',
    'a crash',
    () =>
      ({ request }) =>
        request.method === 'GET' ? { status: 500 } : undefined,
    /responded 500/,
  ],
  [
    'malformed-json',
    'JSON.parse that is not caught',
    () =>
      ({ text }) =>
        text.startsWith('no JSON') ? { status: 500 } : undefined,
    /no JSON: responded 500/,
  ],
  [
    'malformed-json',
    'ill from then on',
    () => {
      let ill = 0;
      return ({ text, request }) => {
        if (text === '' && request.method === 'POST') ill = 1;
        else if (ill-- > 0) return { status: 500 };
        return undefined;
      };
    },
    /no body: responded 400 .*; a valid message after it: responded 500/,
  ],
  [
    'wrong-shape',
    'a loop over what may be null',
    () =>
      ({ text }) =>
        text.includes('[null]') ? { status: 500 } : undefined,
    /an event that is null: responded 500/,
  ],
  [
    'wrong-utf-8',
    'a crash',
    () =>
      ({ bytes }) =>
        bytes.includes(0xff) ? { status: 500 } : undefined,
    /responded 500/,
  ],
  [
    '5-mb',
    'no memory',
    () =>
      ({ bytes }) =>
        bytes.length > 1e6 ? { status: 500 } : undefined,
    /responded 500.*expected 4xx/,
  ],
  [
    '5-mb',
    'ill from then on',
    () => {
      let ill = 0;
      return ({ bytes }) => {
        if (bytes.length > 1e6) ill = 1;
        else if (ill-- > 0) return { status: 500 };
        return undefined;
      };
    },
    /responded 400.*after it: responded 500/,
  ],
  [
    '5-mb',
    'cut off, and ill from then on',
    () => {
      let ill = 0;
      return ({ bytes }) => {
        if (bytes.length > 1e6) {
          ill = 1;
          return { instead: 'cut' };
        }
        return ill-- > 0 ? { status: 500 } : undefined;
      };
    },
    /closed the connection.*after it: responded 500/,
  ],
  [
    'no-leak',
    'an echo of the body',
    () =>
      ({ text }) =>
        text.includes('is no JSON') ? { status: 400, body: `not JSON: ${text}` } : undefined,
    /^a response holds what was sent$/,
  ],
  [
    'no-leak',
    'an echo of the URL',
    () =>
      ({ url }) => ({ headers: { 'X-Url': url } }),
    /^a response holds what was sent and the token$/,
  ],
  [
    'keep-alive',
    'a second request that is lost',
    () =>
      ({ onConnection }) =>
        onConnection > 1 ? { instead: 'cut' } : undefined,
    /closed the connection/,
  ],
  [
    'slow-sender',
    'the first piece only',
    () =>
      ({ pieces, bytes }) =>
        pieces > 1 && bytes.length < 2000 ? { status: 400 } : undefined,
    /in pieces: responded 400/,
  ],
];

describe.concurrent('a receiver that breaks just one rule fails just this one', () => {
  test.each(faults)('%s: %s', async (rule, _, fault, said) => {
    const report = await check(fault());
    expect(report.ok).toBe(false);
    // With the details, so that a rule that fails beside it says why.
    const others = report.results.filter(({ status }) => status !== 'pass');
    expect(others.map(({ id, status, detail }) => [id, status, detail])).toEqual([
      [rule, 'fail', expect.stringMatching(said)],
    ]);
  });
});

describe.concurrent('a fault that hides all others is named, and the others are left out', () => {
  test.each<readonly [string, string, Fault, RegExp]>([
    [
      'redirect',
      'with 301',
      ({ url }) => ({ status: 301, headers: { Location: `${url}&a` } }),
      /^redirected: responded 301/,
    ],
    [
      'redirect',
      'to nowhere',
      ({ url }) =>
        url.includes('lost') ? { status: 404 } : { status: 307, headers: { Location: '/lost' } },
      /^redirected: responded 404/,
    ],
    ['redirect', 'without an address', () => ({ status: 308 }), /^redirected: responded 308/],
    [
      'in-time',
      'work before the response',
      () => ({ delayMs: 4500 }),
      /^responded 204 in \d+(\.\d)? s; allowed are 4 s$/,
    ],
    ['in-time', 'silence', () => ({ instead: 'never' }), /^no response in \d+(\.\d)? s/],
    [
      'sample',
      'always refused',
      () => ({ status: 500 }),
      /^the sample: responded 500.*expected 2xx$/,
    ],
    ['sample', 'a connection that is cut', () => ({ instead: 'cut' }), /closed the connection/],
  ])('%s: %s', async (rule, _, fault, said) => {
    const report = await check(fault, rule === 'in-time' ? { timeoutMs: 4000 } : {});
    expect(withStatus(report, 'fail')).toEqual([rule]);
    expect(withStatus(report, 'skip').length).toBeGreaterThan(20);
    expect(resultOf(report, rule).detail).toMatch(said);
    expect(report.results.at(-1)?.detail).toBe(`could not be told: first see to ${rule}`);
  });

  test.each<readonly [string, Fault, RegExp, RegExp]>([
    [
      'an invented signature',
      isSigned,
      /^the token of the URL: responded 401/,
      /^Compare the token of the URL with the configured one/,
    ],
    ['403', () => ({ status: 403 }), /responded 403/, /^Compare the token/],
    ['404', () => ({ status: 404 }), /responded 404/, /^Look at the path of the URL first/],
    ['405', () => ({ status: 405 }), /responded 405/, /^Look at the path of the URL first/],
  ])('right-token: %s ends the check', async (_, fault, said, fix) => {
    const report = await check(fault);
    expect(report.ok).toBe(false);
    expect(report.results.map(({ id }) => id)).toEqual(['redirect', 'in-time', 'right-token']);
    const result = resultOf(report, 'right-token');
    expect(result.status).toBe('fail');
    expect(result.detail).toMatch(said);
    expect(result.fix).toMatch(fix);
  });

  test('right-token ends a check of other rules, too, and says what to look at', async () => {
    const seen: string[] = [];
    const report = await check(() => ({ status: 404 }), {
      only: ['unknown-event', '500-events'],
      onResult: ({ id }, total) => seen.push(`${id} of ${total}`),
    });
    expect(report.ok).toBe(false);
    expect(report.results.map(({ id }) => id)).toEqual(['right-token']);
    expect(resultOf(report, 'right-token').fix).toMatch(/^Look at the path of the URL first/);
    expect(seen).toEqual(['right-token of 3']);
  });

  test('right-token: 401 where the URL has no token', async () => {
    const url = (await startReceiver()).replace('?Token=secret', '');
    const report = await checkReceiver(url, { timeoutMs });
    expect(resultOf(report, 'right-token')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^no token in the URL: responded 401/),
      fix: expect.stringMatching(/^Append \?Token=…/),
    });
  });

  test('right-token passes on 2xx alone', async () => {
    const faults: readonly Fault[] = [() => ({ status: 500 }), () => ({ instead: 'cut' })];
    for (const fault of faults) {
      const report = await check(fault, { only: ['right-token'] });
      expect(resultOf(report, 'right-token').status).toBe('skip');
    }
  });

  test('EnterpriseId read from Value', async () => {
    const report = await check(({ events }) =>
      events?.every(({ Value }) => Object.keys(Object(Value)).includes('EnterpriseId'))
        ? undefined
        : { status: 500 },
    );
    expect(withStatus(report, 'fail')).toEqual(['sample']);
    expect(resultOf(report, 'sample').fix).toContain('webhook.EnterpriseId');
  });

  test('a sample that was seen in an earlier check', async () => {
    const report = await check(({ text }) =>
      text.includes('bfee2c44-1f84-4326-a862-5289598f6e2d') ? { status: 409 } : undefined,
    );
    expect(withStatus(report, 'fail')).toEqual(['sample']);
    expect(resultOf(report, 'sample').fix).toContain('list of what was seen');
  });

  test('a crash', async () => {
    // Its port is kept: another test could get it.
    let isDown = false;
    const report = await check(({ events }) => {
      isDown ||= events?.some(({ Discriminator }) => Discriminator === 'ResourceDeleted') === true;
      return isDown ? { instead: 'cut' } : undefined;
    });
    expect(withStatus(report, 'fail')).toEqual(['unknown-event']);
    expect(report.results.at(-1)).toMatchObject({
      status: 'skip',
      detail: 'could not be told: no response to anything since unknown-event',
    });
  });

  test('a crash from which it is started again is not held against the next rules', async () => {
    let down = 0;
    const report = await check(({ events }) => {
      if (events?.some(({ Discriminator }) => Discriminator === 'ResourceDeleted')) down = 2;
      return down-- > 0 ? { instead: 'cut' } : undefined;
    });
    expect(withStatus(report, 'fail')).toEqual(['unknown-event']);
    expect(withStatus(report, 'skip')).toEqual([]);
  });
});

describe('what stops no message is a warning', () => {
  test.each<readonly [string, Fault]>([
    ['get', ({ request }) => (request.method === 'GET' ? { status: 200 } : undefined)],
    ['wrong-utf-8', ({ bytes }) => (bytes.includes(0xff) ? { status: 204 } : undefined)],
    ['5-mb', ({ bytes }) => (bytes.length > 1e6 ? { instead: 'cut' } : undefined)],
  ])('%s', async (rule, fault) => {
    const report = await check(fault);
    expect(report.ok).toBe(true);
    expect(withStatus(report, 'warn')).toEqual([rule]);
  });

  test('no token in the URL', async () => {
    const url = await startReceiver(accepted);
    const only = ['right-token', 'wrong-token', 'empty-token', 'no-leak'];
    const report = await checkReceiver(url.replace('?Token=secret', ''), { only });
    expect(withStatus(report, 'warn')).toEqual(['wrong-token', 'empty-token']);
    expect(resultOf(report, 'right-token').detail).toMatch(/^no token in the URL: responded 204/);
  });
});

test('an unknown event is sent, whatever the numbers that are drawn', async () => {
  // With these, none of the eight events that were drawn of two kinds was the unknown one. Not beside
  // other checks: they would draw the same numbers, and send the same message twice.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.04638671875);
  const fault: Fault = ({ events }) =>
    events?.some(({ Discriminator }) => Discriminator === 'ResourceDeleted')
      ? { status: 500 }
      : undefined;
  const report = await check(fault, { only: ['unknown-event'] });
  random.mockRestore();
  expect(withStatus(report, 'fail')).toEqual(['unknown-event']);
});

test('a long token is found anywhere in a response', async () => {
  const long = 'a-long-token-of-some-service';
  const url = await startReceiver(() => ({ status: 400, body: `wrong:${long}` }));
  const options = { token: long, only: ['no-leak'] };
  expect((await checkReceiver(url, options)).results[0]?.detail).toBe('a response holds the token');
});

test('a token may end with a character outside of the basic plane', async () => {
  const token = 'secret-😀';
  const url = await startReceiver(({ url }) => ({ status: verifyToken(url, token) ? 204 : 401 }));
  const { results } = await checkReceiver(url, { token, only: ['wrong-token'] });
  expect(results[0]?.status).toBe('pass');
});

test('a connection that is cut holds nothing', async () => {
  const fault: Fault = ({ text }) => (text.includes('is no JSON') ? { instead: 'cut' } : undefined);
  expect((await check(fault, { only: ['no-leak'] })).ok).toBe(true);
});

test('without a wish for it, Integration webhooks are not sent', async () => {
  const report = await check(undefined, { integration: false, only: ['integration-webhook'] });
  expect(report.results[0]?.status).toBe('skip');
});

describe('what can not be checked is an error without the URL', () => {
  test.each([
    ['localhost:3000/?Token=hidden', /begins with http/],
    ['127.0.0.1/?Token=hidden', /begins with http/],
    ['https://example.com/?Token=hidden', /loopback/],
    ['http://127.0.0.1.example.com/?Token=hidden', /loopback/],
    ['http://127.0.0.1:9/?Token=hidden', /nothing responds there/],
  ])('%s', async (url, message) => {
    const error = await checkReceiver(url).catch((error) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(error.stack).not.toContain('hidden');
  });

  test('another host, once confirmed, is tried', async () => {
    const url = 'http://receiver.invalid/?Token=hidden';
    await expect(checkReceiver(url, { allowRemote: true })).rejects.toThrow(/nothing responds/);
  });

  test.each(['endless', 'stall'] as const)('a response that does not end: %s', async (instead) => {
    await expect(check(() => ({ instead }), { timeoutMs: 3000 })).rejects.toThrow(/does not end/);
  });

  test('TLS where there is none', async () => {
    const url = (await startReceiver()).replace('http:', 'https:');
    await expect(checkReceiver(url)).rejects.toThrow(/no TLS connection/);
  });

  test.each(['http://example.com/', 'ftp://127.0.0.1/', 'http://'])(
    'a redirect to %s',
    async (to) => {
      const fault: Fault = () => ({ status: 307, headers: { Location: to } });
      await expect(check(fault)).rejects.toThrow(/redirects to another host/);
    },
  );

  test.each([[[]], [['in-time', 'nonsense']]])('rules %j', async (only) => {
    await expect(checkReceiver('http://127.0.0.1:9', { only })).rejects.toThrow(
      /^only: expected rules of these: redirect, in-time/,
    );
  });
});

test('what is announced is what is sent', async () => {
  let requests = 0;
  let sent = 0;
  const enterprises = new Set<unknown>();
  const url = await startReceiver(({ events = [], message }) => {
    requests++;
    sent += events.length;
    if (events.length > 0) enterprises.add(message.EnterpriseId);
    return undefined;
  });
  const announced: unknown[] = [];
  await checkReceiver(url, {
    integration: true,
    onStart: (announcement) => announced.push(requests, announcement),
  });
  const [before, announcement] = announced;
  expect(before).toBe(0);
  expect({ requests, events: sent, enterpriseId: [...enterprises].join() }).toEqual(announcement);
});

test('one rule can be checked alone', async () => {
  const url = await startReceiver();
  const only = ['keep-alive'];
  expect((await checkReceiver(url, { only })).ok).toBe(true);
});
