// Compares what a queue stored in the end with what there is.
import type { ConnectorMock } from 'mews-webhooks/testing';
import { type Environment, output, script } from './processes.js';
import type { Variant } from './variants.js';
import type { World } from './world.js';

export interface Proof {
  /** Entities whose last change was not stored in the end. */
  readonly lost: number;
  /** Events that have to become dead letters and did not. */
  readonly notDeadLettered: number;
  /** Dead letters of events that were not to become any, such as those of an outage. */
  readonly wronglyDeadLettered: number;
}

/** Puts into the queue what no receiver would. */
export async function spoil(variant: Variant, env: Environment, world: World): Promise<void> {
  const webhook = { EnterpriseId: 'e', IntegrationId: 'i', Events: [] };
  const items = [
    'no JSON',
    '7',
    JSON.stringify({ webhook: {}, attempt: 1, notFound: 0 }),
    JSON.stringify({ webhook, attempt: 'once', notFound: 0 }),
  ];
  // The store can be away just now.
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await output(script(variant.store, variant.folder, env, 'spoil', ...items));
      for (const item of items) world.unreadable.add(item);
      return;
    } catch (error) {
      if (attempt === 19) throw error;
    }
  }
}

export async function prove(
  variant: Variant,
  env: Environment,
  world: World,
  mock: ConnectorMock,
): Promise<Proof> {
  const linesOf = async (path: string, argument: string) => {
    const text = await output(script(path, variant.folder, env, argument));
    return text.split('\n').filter((line) => line.startsWith('[') || line.startsWith('{'));
  };
  const stored = new Map<string, string>();
  for (const line of await linesOf(variant.store, 'print')) {
    const [key, row] = JSON.parse(line);
    stored.set(key, row);
  }
  const lost = mock.rows().filter(({ entity, EnterpriseId, row }) => {
    return stored.get(`${EnterpriseId}/${entity}/${row.Id}`) !== JSON.stringify(row);
  });

  const expected = new Set<string>();
  for (const [reason, ids] of Object.entries(world.deadLetters)) {
    for (const id of ids) expected.add(`${reason} ${id}`);
  }
  for (const item of world.unreadable) expected.add(`unreadable ${item}`);
  const found = new Set<string>();
  for (const line of await linesOf(`${variant.folder}/dead-letters.ts`, 'list')) {
    const { reason, webhook } = JSON.parse(line);
    if (reason === 'unreadable') {
      found.add(`unreadable ${webhook}`);
      continue;
    }
    const { Events, UnknownEvents } = JSON.parse(webhook);
    for (const { Value } of [...Events, ...UnknownEvents]) found.add(`${reason} ${Value.Id}`);
  }
  return {
    lost: lost.length,
    notDeadLettered: [...expected].filter((one) => !found.has(one)).length,
    wronglyDeadLettered: [...found].filter((one) => !expected.has(one)).length,
  };
}
