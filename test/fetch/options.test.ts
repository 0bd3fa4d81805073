import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import { accessToken, connection, optionsOf, payments, webhookOf } from './webhooks.js';

const webhook = webhookOf(payments('p'));
afterEach(() => vi.unstubAllGlobals());

describe('a wrong option is a TypeError that names it', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['connectionOf', undefined],
    ['connectionOf', connection],
    ['messageThreadIdsOf', ['t']],
    ['extraOf', {}],
    ['fetch', 'https://api.example.com'],
    ['attempt', 0],
    ['attempt', 1.5],
    ['attempt', '2'],
    ['attempt', Number.NaN],
    ['maxIds', 0],
    ['maxIds', 2.5],
    ['timeoutMs', 0],
    ['timeoutMs', Number.NaN],
    ['timeoutMs', Number.POSITIVE_INFINITY],
    ['timeoutMs', '100'],
    ['signal', {}],
    ['signal', 7],
  ];
  test.each(wrong)('%s: %j', async (name, value) => {
    const options = { ...optionsOf(), ...JSON.parse('{}'), [name]: value };
    const error = await fetchEntities([], options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(new RegExp(`^TypeError: options\\.${name}: expected a`));
    expect(String(error)).not.toContain(accessToken);
  });

  test('no options at all', async () => {
    await expect(fetchEntities([], JSON.parse('null'))).rejects.toThrow(
      new TypeError('options: expected an object'),
    );
  });

  test('no fetch where the runtime has none', async () => {
    vi.stubGlobal('fetch', undefined);
    const { connectionOf } = optionsOf();
    await expect(fetchEntities(webhook, { connectionOf })).rejects.toThrow(
      'options.fetch: expected',
    );
  });
});

test('options may be undefined, and fetch is the global one by default', async () => {
  const fetch = vi.fn(async () => Response.json({ Payments: [{ Id: 'p' }] }));
  vi.stubGlobal('fetch', fetch);
  const { entities } = await fetchEntities(webhook, {
    connectionOf: () => connection,
    messageThreadIdsOf: undefined,
    extraOf: undefined,
    fetch: undefined,
    attempt: undefined,
    maxIds: undefined,
    timeoutMs: undefined,
    signal: undefined,
  });
  expect(entities).toHaveLength(1);
  expect(fetch).toHaveBeenCalledOnce();
});

test('fetch is called without a this, which some runtimes refuse', async () => {
  let receiver: unknown = 'not called';
  await fetchEntities(webhook, {
    ...optionsOf(),
    fetch: async function (this: unknown) {
      receiver = this;
      return Response.json({});
    },
  });
  expect(receiver).toBeUndefined();
});

describe('a connection with a hole is a TypeError that names the property and no value', () => {
  test.each([
    ['platformAddress', 'not a URL'],
    ['platformAddress', 'ftp://api.example.com'],
    ['accessToken', ''],
    ['clientToken', undefined],
    ['client', 7],
  ])('%s: %j', async (property, value) => {
    const connectionOf = () => ({ ...connection, ...JSON.parse('{}'), [property]: value });
    const error = await fetchEntities(webhook, { ...optionsOf(), connectionOf }).catch((e) => e);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^connection\\.${property}: expected`));
    expect(error.stack).not.toMatch(/not a URL|ftp:|may-see/);
  });

  test('null is none', async () => {
    const connectionOf = () => JSON.parse('null');
    const { rejections } = await fetchEntities(webhook, { ...optionsOf(), connectionOf });
    expect(rejections).toMatchObject([{ reason: 'no_connection' }]);
  });
});

describe('what a callback throws passes through', () => {
  const fault = new Error('vault is down');
  const messages = webhookOf([{ Discriminator: 'MessageAdded', Value: { Id: 'm' } }]);
  const fail = () => {
    throw fault;
  };
  test.each(['connectionOf', 'messageThreadIdsOf', 'extraOf'] as const)('%s', async (name) => {
    await expect(fetchEntities(messages, { ...optionsOf(), [name]: fail })).rejects.toBe(fault);
    await expect(
      fetchEntities(messages, { ...optionsOf(), [name]: async () => fail() }),
    ).rejects.toBe(fault);
  });

  test('and nothing is sent after it', async () => {
    const batch = ['i', 'j'].map((IntegrationId) =>
      webhookOf([...payments('p'), { Discriminator: 'CustomerAdded', Value: { Id: 'c' } }], {
        IntegrationId,
      }),
    );
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const options = optionsOf(async () => {
      await held;
      return Response.json({});
    });
    const call = fetchEntities(batch, {
      ...options,
      connectionOf: (id) => (id === 'i' ? connection : fail()),
    });
    await expect(call).rejects.toBe(fault);
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(options.received).toHaveLength(1);
  });

  test.each([[7], ['text'], [null], [[]]])('extraOf that returns %j is wrong', async (extra) => {
    const extraOf = () => JSON.parse(JSON.stringify(extra));
    await expect(fetchEntities(webhook, { ...optionsOf(), extraOf })).rejects.toThrow(
      new TypeError('options.extraOf: expected a function that returns an object'),
    );
  });
});
