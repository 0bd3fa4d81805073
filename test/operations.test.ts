import { expect, test } from 'vitest';
import { discriminators, fetchOperations } from '../src/index.js';

const docs = 'https://docs.mews.com/connector-api/operations';

test.each([
  [
    'ServiceOrderUpdated',
    'ServiceOrder',
    'Get all reservations (ver 2023-06-06)',
    'reservations/getAll/2023-06-06',
    'ReservationIds',
    'Reservations',
    {},
    [],
    'EnterpriseIds',
    'reservations#get-all-reservations-ver-2023-06-06',
  ],
  [
    'ResourceUpdated',
    'Resource',
    'Get all resources',
    'resources/getAll',
    'ResourceIds',
    'Resources',
    { Extent: { Resources: true, Inactive: true } },
    [],
    'EnterpriseIds',
    'resources#get-all-resources',
  ],
  [
    'MessageAdded',
    'Message',
    'Get all messages',
    'messages/getAll',
    null,
    'Messages',
    {},
    ['MessageThreadIds'],
    'EnterpriseIds',
    'messages#get-all-messages',
  ],
  [
    'ResourceBlockUpdated',
    'ResourceBlock',
    'Get all resource blocks',
    'resourceBlocks/getAll',
    'ResourceBlockIds',
    'ResourceBlocks',
    { ActivityStates: ['Active', 'Deleted'] },
    [],
    'EnterpriseIds',
    'resourceblocks#get-all-resource-blocks',
  ],
  [
    'CustomerAdded',
    'Customer',
    'Get all customers',
    'customers/getAll',
    'CustomerIds',
    'Customers',
    { Extent: { Customers: true }, ActivityStates: ['Active', 'Deleted'] },
    [],
    'ChainIds',
    'customers#get-all-customers',
  ],
  [
    'PaymentUpdated',
    'Payment',
    'Get all payments',
    'payments/getAll',
    'PaymentIds',
    'Payments',
    {},
    [],
    'EnterpriseIds',
    'payments#get-all-payments',
  ],
] as const)(
  '%s',
  (discriminator, entity, name, path, idsProperty, rowsProperty, parameters, missing, portfolioProperty, page) => {
    expect(fetchOperations[discriminator]).toEqual({
      entity,
      name,
      path: `/api/connector/v1/${path}`,
      idsProperty,
      maxIds: 1000,
      rowsProperty,
      parameters,
      missing,
      portfolioProperty,
      docsUrl: `${docs}/${page}`,
    });
  },
);

test('there is one for each discriminator, and both customer events share theirs', () => {
  expect(Object.keys(fetchOperations).sort()).toEqual([...discriminators].sort());
  expect(fetchOperations.CustomerUpdated).toBe(fetchOperations.CustomerAdded);
});

test('is frozen to its depths', () => {
  const isDeepFrozen = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));
  expect(isDeepFrozen(fetchOperations)).toBe(true);
});
