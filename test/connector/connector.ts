// A stand-in for the Connector API, as strict as the real one is documented to be. It knows nothing
// of the library: what it accepts is written down here once more.
import { check } from './check.js';

export type Entity =
  | 'ServiceOrder'
  | 'Resource'
  | 'Message'
  | 'ResourceBlock'
  | 'Customer'
  | 'Payment';

interface Operation {
  readonly entity: Entity;
  readonly rows: string;
  readonly ids: string | null;
  /** What a request may hold beside credentials and limitation, and how each has to look. */
  readonly properties: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly required: readonly string[];
  /** Whether the request asks for inactive rows, too. */
  readonly inactive: (body: Readonly<Record<string, unknown>>) => boolean;
}

const ids = check.strings(1, 1000);
const states = check.strings(1, 10);
const window = check.object({ StartUtc: check.string, EndUtc: check.string });
const common = { UpdatedUtc: window, EnterpriseIds: ids };
const asksForDeleted = ({ ActivityStates }: Readonly<Record<string, unknown>>) =>
  Array.isArray(ActivityStates) && ActivityStates.includes('Deleted');

const operations: Readonly<Record<string, Operation>> = {
  'reservations/getAll/2023-06-06': {
    entity: 'ServiceOrder',
    rows: 'Reservations',
    ids: 'ReservationIds',
    properties: { ...common, ReservationIds: ids, States: states },
    required: [],
    inactive: ({ States }) => States === undefined,
  },
  'resources/getAll': {
    entity: 'Resource',
    rows: 'Resources',
    ids: 'ResourceIds',
    properties: {
      ...common,
      ResourceIds: ids,
      Extent: check.object({ Resources: check.boolean, Inactive: check.boolean }),
    },
    required: ['Extent'],
    inactive: ({ Extent }) => check.isObject(Extent) && Extent.Inactive === true,
  },
  'messages/getAll': {
    entity: 'Message',
    rows: 'Messages',
    ids: null,
    properties: { MessageThreadIds: ids, CreatedUtc: window, EnterpriseIds: ids },
    required: ['MessageThreadIds'],
    inactive: () => true,
  },
  'resourceBlocks/getAll': {
    entity: 'ResourceBlock',
    rows: 'ResourceBlocks',
    ids: 'ResourceBlockIds',
    properties: { ...common, ResourceBlockIds: ids, ActivityStates: states },
    required: [],
    inactive: asksForDeleted,
  },
  'customers/getAll': {
    entity: 'Customer',
    rows: 'Customers',
    ids: 'CustomerIds',
    properties: {
      UpdatedUtc: window,
      ChainIds: ids,
      CustomerIds: ids,
      ActivityStates: states,
      Extent: check.object({ Customers: check.boolean }),
    },
    required: ['Extent'],
    inactive: asksForDeleted,
  },
  'payments/getAll': {
    entity: 'Payment',
    rows: 'Payments',
    ids: 'PaymentIds',
    properties: { ...common, PaymentIds: ids },
    required: [],
    inactive: () => true,
  },
};

/** How often, from 0 to 1, the stand-in fails although the request is right. */
export interface Faults {
  readonly requestTimeout?: number;
  readonly serverError?: number;
}

export interface ConnectorOptions {
  /** The enterprise that each access token reaches. */
  readonly accessTokens: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly faults?: Faults;
  /** Ids that make a request invalid, as a malformed one may. */
  readonly isMalformed?: (id: string) => boolean;
}

export interface Row {
  readonly Id: string;
  readonly CreatedUtc: string;
  readonly UpdatedUtc: string;
  readonly IsActive: boolean;
  /** Which change of the entity this is; the stand-in's own, to prove that the last one was fetched. */
  readonly Version: number;
  readonly ThreadId?: string;
}

interface Stored {
  readonly row: Row;
  readonly visibleAt: number;
}

export interface Change {
  readonly enterpriseId: string;
  readonly entity: Entity;
  readonly id: string;
  readonly active?: boolean;
  readonly threadId?: string;
  /** Milliseconds for which a new row stays out of the responses. */
  readonly lag?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const windowMs = 30_000;
const requestsPerWindow = 200;

export class Connector {
  /** The last version of each entity that a response held. */
  readonly served = new Map<string, number>();
  /** Answers by status. */
  readonly answers = new Map<number, number>();
  readonly #options: Required<ConnectorOptions>;
  readonly #rows = new Map<string, Stored>();
  readonly #byEnterprise = new Map<string, string[]>();
  readonly #requests = new Map<string, number[]>();

  constructor(options: ConnectorOptions) {
    this.#options = {
      now: Date.now,
      random: Math.random,
      faults: {},
      isMalformed: () => false,
      ...options,
    };
  }

  static key(enterpriseId: string, entity: Entity, id: string): string {
    return `${enterpriseId}/${entity}/${id}`;
  }

  /** The current version of every entity, by key. */
  versions(): Map<string, number> {
    return new Map([...this.#rows].map(([key, { row }]) => [key, row.Version]));
  }

  /** Creates or changes an entity. */
  change({ enterpriseId, entity, id, active = true, threadId, lag = 0 }: Change): void {
    const now = this.#options.now();
    const key = Connector.key(enterpriseId, entity, id);
    const before = this.#rows.get(key);
    if (before === undefined) {
      const list = `${enterpriseId}/${entity}`;
      const keys = this.#byEnterprise.get(list) ?? [];
      keys.push(key);
      this.#byEnterprise.set(list, keys);
    }
    const utc = new Date(now).toISOString();
    const row = {
      Id: id,
      CreatedUtc: before?.row.CreatedUtc ?? utc,
      UpdatedUtc: utc,
      IsActive: active,
      Version: (before?.row.Version ?? 0) + 1,
      ...(threadId !== undefined && { ThreadId: threadId }),
    };
    this.#rows.set(key, { row, visibleAt: before?.visibleAt ?? now + lag });
  }

  /** Answers one request, counts the answer, and notes which versions it held. */
  answer(method: string, path: string, text: string): Answer {
    const answer = this.#answer(method, path, text);
    this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
    return answer;
  }

  #answer(method: string, path: string, text: string): Answer {
    const prefix = '/api/connector/v1/';
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (method !== 'POST' || operation === undefined) return refuse(404, 'No such operation');
    const body = check.parse(text);
    if (!check.isObject(body)) return refuse(400, 'The body is no JSON object');
    const { AccessToken } = body;
    const wrong = wrongProperty(operation, body);
    if (wrong !== undefined) return refuse(400, wrong);
    if (
      typeof AccessToken !== 'string' ||
      !Object.hasOwn(this.#options.accessTokens, AccessToken)
    ) {
      return refuse(401, 'Unknown access token');
    }
    const limited = this.#limit(AccessToken);
    if (limited) return limited;
    const { faults, random } = this.#options;
    if (random() < (faults.requestTimeout ?? 0)) return refuse(408, 'Too heavy');
    if (random() < (faults.serverError ?? 0)) return refuse(500, 'Internal error');
    return this.#find(operation, body, this.#options.accessTokens[AccessToken] ?? '');
  }

  #limit(accessToken: string): Answer | undefined {
    const now = this.#options.now();
    const recent = (this.#requests.get(accessToken) ?? []).filter((at) => at > now - windowMs);
    this.#requests.set(accessToken, recent);
    const [oldest = now] = recent;
    if (recent.length < requestsPerWindow) {
      recent.push(now);
      return undefined;
    }
    const seconds = Math.ceil((oldest + windowMs - now) / 1000);
    const headers = this.#options.random() < 0.5 ? { 'Retry-After': String(seconds) } : {};
    return refuse(429, 'Too many requests', headers);
  }

  #find(
    operation: Operation,
    body: Readonly<Record<string, unknown>>,
    enterpriseId: string,
  ): Answer {
    const { entity, rows: rowsProperty } = operation;
    // As the real one does: without the extent there is no list at all.
    if (check.isObject(body.Extent) && body.Extent[rowsProperty] === false) {
      return accept({ [rowsProperty]: null, Cursor: null });
    }
    const asked = operation.ids === null ? body.MessageThreadIds : body[operation.ids];
    const all = this.#byEnterprise.get(`${enterpriseId}/${entity}`) ?? [];
    const keys =
      operation.ids !== null && check.isStrings(asked)
        ? [...new Set(asked)].map((id) => Connector.key(enterpriseId, entity, id))
        : all;
    if (check.isStrings(asked) && asked.some(this.#options.isMalformed)) {
      return refuse(400, 'Malformed id');
    }
    const now = this.#options.now();
    const rows = keys.flatMap((key) => {
      const stored = this.#rows.get(key);
      if (stored === undefined || stored.visibleAt > now) return [];
      const { row } = stored;
      if (!row.IsActive && !operation.inactive(body)) return [];
      if (!isWithin(row.CreatedUtc, body.CreatedUtc)) return [];
      if (!isWithin(row.UpdatedUtc, body.UpdatedUtc)) return [];
      if (operation.ids === null && check.isStrings(asked) && !asked.includes(row.ThreadId ?? '')) {
        return [];
      }
      return [row];
    });
    const { Count, Cursor } = check.isObject(body.Limitation) ? body.Limitation : {};
    const start = typeof Cursor === 'string' ? rows.findIndex(({ Id }) => Id === Cursor) + 1 : 0;
    const page = rows.slice(start, start + (typeof Count === 'number' ? Count : 0));
    for (const { Id, Version } of page) {
      this.served.set(Connector.key(enterpriseId, entity, Id), Version);
    }
    const more = start + page.length < rows.length;
    return accept({ [rowsProperty]: page, Cursor: more ? page.at(-1)?.Id : null });
  }
}

const credentials = { ClientToken: check.string, AccessToken: check.string, Client: check.string };
const count = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1000;
const limitation = check.object({ Count: count, Cursor: check.string });

function wrongProperty(
  operation: Operation,
  body: Readonly<Record<string, unknown>>,
): string | undefined {
  const { Limitation } = body;
  const checks = { ...operation.properties, ...credentials, Limitation: limitation };
  for (const property of Object.keys(body)) {
    if (!Object.hasOwn(checks, property)) return `Unknown property: ${property}`;
  }
  for (const [property, isValid] of Object.entries(checks)) {
    if (body[property] !== undefined && !isValid(body[property])) return `Invalid: ${property}`;
  }
  for (const property of [...Object.keys(credentials), 'Limitation', ...operation.required]) {
    if (body[property] === undefined) return `Missing: ${property}`;
  }
  return check.isObject(Limitation) && Limitation.Count === undefined
    ? 'Missing: Limitation.Count'
    : undefined;
}

function isWithin(utc: string, range: unknown): boolean {
  if (!check.isObject(range)) return true;
  const { StartUtc, EndUtc } = range;
  const instant = Date.parse(utc);
  return instant >= Date.parse(String(StartUtc)) && instant < Date.parse(String(EndUtc));
}

function accept(body: unknown): Answer {
  return { status: 200, headers: {}, body: JSON.stringify(body) };
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: JSON.stringify({ Message: message }) };
}
