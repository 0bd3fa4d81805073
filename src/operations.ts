import type { Discriminator } from './discriminators.js';

/** The operation of the Connector API that fetches the entities of an event. */
export interface FetchOperation {
  /** What the operation fetches. */
  readonly entity:
    | 'ServiceOrder'
    | 'Resource'
    | 'Message'
    | 'ResourceBlock'
    | 'Customer'
    | 'Payment';
  /** Its name in the Mews documentation. */
  readonly name: string;
  /** Its path, to be sent as it is: it is case-sensitive and has no trailing slash. */
  readonly path: `/api/connector/v1/${string}`;
  /** The body property that holds the `Id`s; `null` when the operation has no such filter. */
  readonly idsProperty: string | null;
  /** The most ids that one request may hold. A request without ids is refused as well. */
  readonly maxIds: number;
  /** The response property that holds the rows. */
  readonly rowsProperty: string;
  /** What else the body needs, so that inactive and deleted entities are returned as well. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the body needs and the event does not carry: lists of ids that the caller brings. */
  readonly missing: readonly string[];
  /** The body property that picks the properties or chains when the access token is a portfolio's. */
  readonly portfolioProperty: 'EnterpriseIds' | 'ChainIds';
  /** Its page in the Mews documentation. */
  readonly docsUrl: `https://docs.mews.com/${string}`;
}

const customers = {
  entity: 'Customer',
  name: 'Get all customers',
  path: '/api/connector/v1/customers/getAll',
  idsProperty: 'CustomerIds',
  maxIds: 1000,
  rowsProperty: 'Customers',
  parameters: { Extent: { Customers: true }, ActivityStates: ['Active', 'Deleted'] },
  missing: [],
  portfolioProperty: 'ChainIds',
  docsUrl: 'https://docs.mews.com/connector-api/operations/customers#get-all-customers',
} as const;

/**
 * The fetch operation of each event. `CustomerAdded` and `CustomerUpdated` share one. Deep-frozen.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#event-discriminator
 * @example
 * ```ts
 * import { fetchOperations } from 'mews-webhooks';
 *
 * console.log(fetchOperations.PaymentUpdated.path); // /api/connector/v1/payments/getAll
 * ```
 */
export const fetchOperations = /* @__PURE__ */ deepFreeze({
  ServiceOrderUpdated: {
    entity: 'ServiceOrder',
    name: 'Get all reservations (ver 2023-06-06)',
    path: '/api/connector/v1/reservations/getAll/2023-06-06',
    idsProperty: 'ReservationIds',
    maxIds: 1000,
    rowsProperty: 'Reservations',
    parameters: {},
    missing: [],
    portfolioProperty: 'EnterpriseIds',
    docsUrl:
      'https://docs.mews.com/connector-api/operations/reservations#get-all-reservations-ver-2023-06-06',
  },
  ResourceUpdated: {
    entity: 'Resource',
    name: 'Get all resources',
    path: '/api/connector/v1/resources/getAll',
    idsProperty: 'ResourceIds',
    maxIds: 1000,
    rowsProperty: 'Resources',
    parameters: { Extent: { Resources: true, Inactive: true } },
    missing: [],
    portfolioProperty: 'EnterpriseIds',
    docsUrl: 'https://docs.mews.com/connector-api/operations/resources#get-all-resources',
  },
  MessageAdded: {
    entity: 'Message',
    name: 'Get all messages',
    path: '/api/connector/v1/messages/getAll',
    idsProperty: null,
    maxIds: 1000,
    rowsProperty: 'Messages',
    parameters: {},
    missing: ['MessageThreadIds'],
    portfolioProperty: 'EnterpriseIds',
    docsUrl: 'https://docs.mews.com/connector-api/operations/messages#get-all-messages',
  },
  ResourceBlockUpdated: {
    entity: 'ResourceBlock',
    name: 'Get all resource blocks',
    path: '/api/connector/v1/resourceBlocks/getAll',
    idsProperty: 'ResourceBlockIds',
    maxIds: 1000,
    rowsProperty: 'ResourceBlocks',
    parameters: { ActivityStates: ['Active', 'Deleted'] },
    missing: [],
    portfolioProperty: 'EnterpriseIds',
    docsUrl:
      'https://docs.mews.com/connector-api/operations/resourceblocks#get-all-resource-blocks',
  },
  CustomerAdded: customers,
  CustomerUpdated: customers,
  PaymentUpdated: {
    entity: 'Payment',
    name: 'Get all payments',
    path: '/api/connector/v1/payments/getAll',
    idsProperty: 'PaymentIds',
    maxIds: 1000,
    rowsProperty: 'Payments',
    parameters: {},
    missing: [],
    portfolioProperty: 'EnterpriseIds',
    docsUrl: 'https://docs.mews.com/connector-api/operations/payments#get-all-payments',
  },
} as const satisfies Readonly<Record<Discriminator, FetchOperation>>);

function deepFreeze<T extends object>(value: T): T {
  for (const property of Object.values(value)) {
    if (typeof property === 'object' && property !== null) deepFreeze(property);
  }
  return Object.freeze(value);
}
