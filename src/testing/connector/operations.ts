import type { EntityName } from '../../fetch/rows.js';
import { isObject, type JsonObject } from '../../json.js';
import {
  type Check,
  hasOnly,
  isBoolean,
  isIdList,
  isInterval,
  isString,
  isStringList,
} from './json.js';

/** What an operation accepts and returns. */
export interface MockOperation {
  readonly entity: EntityName;
  readonly rowsProperty: string;
  /** The filter by id; messages have the one by thread instead. */
  readonly idsProperty: string;
  /** What a request may hold beside credentials and limitation, and how each has to look. */
  readonly properties: Readonly<Record<string, Check>>;
  readonly required: readonly string[];
  /** Whether the request asks for active or for inactive rows; absent where every response holds both. */
  readonly wants?: (isActive: boolean, body: JsonObject) => boolean;
}

const common = { UpdatedUtc: isInterval, EnterpriseIds: isIdList };
const states: Check = (value) => isStringList(value) && value.length > 0;
const activityStates: Check = (value) =>
  isStringList(value) &&
  value.length > 0 &&
  value.every((state) => state === 'Active' || state === 'Deleted');
const wantsActivity: MockOperation['wants'] = (isActive, { ActivityStates = ['Active'] }) =>
  isStringList(ActivityStates) && ActivityStates.includes(isActive ? 'Active' : 'Deleted');

// Written down from the documentation once more rather than taken from `fetchOperations`: a mock that
// shares a mistake with what it checks finds none.
const operations: Readonly<Record<string, MockOperation>> = {
  'reservations/getAll/2023-06-06': {
    entity: 'ServiceOrder',
    rowsProperty: 'Reservations',
    idsProperty: 'ReservationIds',
    properties: { ...common, ReservationIds: isIdList, States: states },
    required: [],
  },
  'resources/getAll': {
    entity: 'Resource',
    rowsProperty: 'Resources',
    idsProperty: 'ResourceIds',
    properties: {
      ...common,
      ResourceIds: isIdList,
      Extent: hasOnly({ Resources: isBoolean, Inactive: isBoolean }),
    },
    required: ['Extent'],
    wants: (isActive, { Extent }) => isActive || (isObject(Extent) && Extent.Inactive === true),
  },
  'messages/getAll': {
    entity: 'Message',
    rowsProperty: 'Messages',
    idsProperty: 'MessageThreadIds',
    properties: { MessageThreadIds: isIdList, CreatedUtc: isInterval, EnterpriseIds: isIdList },
    required: ['MessageThreadIds'],
  },
  'resourceBlocks/getAll': {
    entity: 'ResourceBlock',
    rowsProperty: 'ResourceBlocks',
    idsProperty: 'ResourceBlockIds',
    properties: { ...common, ResourceBlockIds: isIdList, ActivityStates: activityStates },
    required: [],
    wants: wantsActivity,
  },
  'customers/getAll': {
    entity: 'Customer',
    rowsProperty: 'Customers',
    idsProperty: 'CustomerIds',
    properties: {
      UpdatedUtc: isInterval,
      ChainIds: isIdList,
      CustomerIds: isIdList,
      ActivityStates: activityStates,
      Extent: hasOnly({ Customers: isBoolean }),
    },
    required: ['Extent'],
    wants: wantsActivity,
  },
  'payments/getAll': {
    entity: 'Payment',
    rowsProperty: 'Payments',
    idsProperty: 'PaymentIds',
    properties: { ...common, PaymentIds: isIdList },
    required: [],
  },
};

const prefix = '/api/connector/v1/';

/** The operation of a path, which is case-sensitive and has no trailing slash. */
export function operationAt(path: string): MockOperation | undefined {
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

const credentials = { ClientToken: isString, AccessToken: isString, Client: isString };
const isCount: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1000;
const monthMs = 31 * 24 * 60 * 60 * 1000;

/** What is wrong with a request body, without a value of it; `undefined` when nothing is. */
export function findMistake(operation: MockOperation, body: JsonObject): string | undefined {
  const { Limitation, CreatedUtc } = body;
  const checks: Readonly<Record<string, Check>> = {
    ...operation.properties,
    ...credentials,
    Limitation: hasOnly({ Count: isCount, Cursor: (value) => value === null || isString(value) }),
  };
  for (const property of Object.keys(body)) {
    if (!Object.hasOwn(checks, property)) return `Unknown property: ${property}`;
  }
  for (const [property, isValid] of Object.entries(checks)) {
    if (body[property] !== undefined && !isValid(body[property])) {
      return `Invalid value of property: ${property}`;
    }
  }
  for (const property of [...Object.keys(credentials), 'Limitation', ...operation.required]) {
    if (body[property] === undefined) return `Missing property: ${property}`;
  }
  if (isObject(Limitation) && Limitation.Count === undefined) {
    return 'Missing property: Limitation.Count';
  }
  if (isInterval(CreatedUtc)) {
    const lengthMs = Date.parse(CreatedUtc.EndUtc) - Date.parse(CreatedUtc.StartUtc);
    if (lengthMs > monthMs) return 'CreatedUtc spans more than a month';
  }
  return undefined;
}
