import type { ConnectorMockOptions } from './options.js';

/** An integration with its access token. */
export interface Account {
  readonly integrationId: string;
  readonly enterpriseIds: readonly string[];
  readonly accessToken: string;
}

/** The integrations of the options, with what is not given drawn. Throws a `TypeError` for wrong ones. */
export function accountsOf(
  { integrations }: ConnectorMockOptions,
  draw: () => string,
): readonly [Account, ...Account[]] {
  const given = integrations ?? [{ integrationId: draw(), enterpriseIds: [draw()] }];
  const accounts = given.map(({ accessToken = draw(), ...rest }) => ({ ...rest, accessToken }));
  const [first, ...others] = accounts;
  const isUnique = (values: readonly string[]) => new Set(values).size === values.length;
  if (
    first === undefined ||
    !accounts.every(({ enterpriseIds }) => enterpriseIds.length > 0) ||
    !isUnique(accounts.map(({ integrationId }) => integrationId)) ||
    !isUnique(accounts.map(({ accessToken }) => accessToken))
  ) {
    throw new TypeError(
      'options.integrations: expected at least one, each with an integrationId and an accessToken of its own and at least one of enterpriseIds',
    );
  }
  return [first, ...others];
}
