interface Connection {
    readonly platformAddress: string;
    readonly clientToken: string;
    readonly accessToken: string;
    readonly client: string;
}

type CustomerAddedEvent = EventOf<'CustomerAdded'>;

type CustomerUpdatedEvent = EventOf<'CustomerUpdated'>;

type Discriminator = (typeof discriminators)[number];

interface EntityUpdatedData {
    readonly Id: string;
}

type EventOf<D extends Discriminator> = D extends Discriminator ? {
    readonly Discriminator: D;
    readonly Value: EntityUpdatedData;
} : never;

type ExpectedType = 'non-empty string' | 'object' | 'array' | 'string' | 'boolean';

type ExtraProperties = Readonly<Record<string, unknown>>;

interface FetchOperation {
    readonly entity: 'ServiceOrder' | 'Resource' | 'Message' | 'ResourceBlock' | 'Customer' | 'Payment';
    readonly name: string;
    readonly path: `/api/connector/v1/${string}`;
    readonly idsProperty: string | null;
    readonly maxIds: number;
    readonly rowsProperty: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly missing: readonly 'MessageThreadIds'[];
    readonly portfolioProperty: 'EnterpriseIds' | 'ChainIds';
    readonly docsUrl: `https://docs.mews.com/${string}`;
}

type FetchRequest = ReadyFetchRequest | IncompleteFetchRequest;

interface FetchTarget {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly operation: FetchOperation;
    readonly ids: readonly string[];
    readonly body: Readonly<Record<string, unknown>>;
}

interface FetchedRow {
    readonly Id: string;
    readonly [property: string]: unknown;
}

interface GeneralWebhook {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Events: readonly WebhookEvent[];
    readonly UnknownEvents: readonly UnknownEvent[];
}

interface HttpRequest {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: {
        readonly 'Content-Type': 'application/json';
    };
    readonly body: string;
}

interface IncompleteFetchRequest extends FetchTarget {
    readonly kind: 'incomplete';
    readonly missing: readonly 'MessageThreadIds'[];
}

interface JsonSchemaOptions {
    readonly target: JsonSchemaTarget | ({} & string);
    readonly libraryOptions?: Record<string, unknown> | undefined;
}

type JsonSchemaTarget = 'draft-2020-12' | 'draft-07' | 'openapi-3.0';

type MessageAddedEvent = EventOf<'MessageAdded'>;

interface MissingProperties extends ExtraProperties {
    readonly MessageThreadIds: readonly string[];
}

interface ParseOptions {
    readonly onInvalidEvent?: ((event: unknown, issues: WebhookIssues) => void) | undefined;
}

type ParseResult<T> = {
    readonly success: true;
    readonly data: T;
} | {
    readonly success: false;
    readonly error: WebhookParseError;
};

type PaymentUpdatedEvent = EventOf<'PaymentUpdated'>;

interface ReadyFetchRequest extends FetchTarget {
    readonly kind: 'ready';
}

type ReceivedType = 'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'empty string' | 'array' | 'object' | 'bigint' | 'symbol' | 'function';

interface Reconciliation {
    readonly found: Map<string, FetchedRow>;
    readonly missing: string[];
}

type ResourceBlockUpdatedEvent = EventOf<'ResourceBlockUpdated'>;

type ResourceUpdatedEvent = EventOf<'ResourceUpdated'>;

type ServiceOrderUpdatedEvent = EventOf<'ServiceOrderUpdated'>;

interface TokenOptions {
    readonly parameter?: string | undefined;
}

interface UnknownEvent {
    readonly Discriminator: string;
    readonly Value: unknown;
}

type WebhookErrorCode = 'missing_body' | 'invalid_json' | 'invalid_webhook' | 'integration_webhook' | 'websocket_message' | 'general_webhook';

type WebhookEvent = EventOf<Discriminator>;

interface WebhookIssue {
    readonly path: (string | number)[];
    readonly expected: ExpectedType;
    readonly received: ReceivedType;
    readonly message: string;
}

type WebhookIssues = readonly [
    WebhookIssue,
    ...WebhookIssue[]
];

declare class WebhookParseError extends Error {
    readonly code: WebhookErrorCode;
    readonly issues: WebhookIssues;
    constructor(code: WebhookErrorCode, message: string, issues: WebhookIssues);
    get name(): 'WebhookParseError';
    toJSON(): Pick<WebhookParseError, 'name' | 'code' | 'message' | 'issues'>;
}

interface WebhookSchema {
    readonly '~standard': {
        readonly version: 1;
        readonly vendor: 'mews-webhooks';
        readonly validate: (value: unknown) => {
            readonly value: GeneralWebhook;
            readonly issues?: undefined;
        } | {
            readonly issues: WebhookIssues;
        };
        readonly jsonSchema: {
            readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
            readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
        };
        readonly types?: {
            readonly input: unknown;
            readonly output: GeneralWebhook;
        } | undefined;
    };
}

declare function dedupeEvents<E extends WebhookEvent>(events: Iterable<E>): E[];

declare const discriminators: readonly [
    "ServiceOrderUpdated",
    "ResourceUpdated",
    "MessageAdded",
    "ResourceBlockUpdated",
    "CustomerAdded",
    "CustomerUpdated",
    "PaymentUpdated"
];

declare const fetchOperations: {
    readonly ServiceOrderUpdated: {
        readonly entity: "ServiceOrder";
        readonly name: "Get all reservations (ver 2023-06-06)";
        readonly path: "/api/connector/v1/reservations/getAll/2023-06-06";
        readonly idsProperty: "ReservationIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "Reservations";
        readonly parameters: {};
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "EnterpriseIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/reservations#get-all-reservations-ver-2023-06-06";
    };
    readonly ResourceUpdated: {
        readonly entity: "Resource";
        readonly name: "Get all resources";
        readonly path: "/api/connector/v1/resources/getAll";
        readonly idsProperty: "ResourceIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "Resources";
        readonly parameters: {
            readonly Extent: {
                readonly Resources: true;
                readonly Inactive: true;
            };
        };
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "EnterpriseIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/resources#get-all-resources";
    };
    readonly MessageAdded: {
        readonly entity: "Message";
        readonly name: "Get all messages";
        readonly path: "/api/connector/v1/messages/getAll";
        readonly idsProperty: null;
        readonly maxIds: 1000;
        readonly rowsProperty: "Messages";
        readonly parameters: {};
        readonly missing: readonly [
            "MessageThreadIds"
        ];
        readonly portfolioProperty: "EnterpriseIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/messages#get-all-messages";
    };
    readonly ResourceBlockUpdated: {
        readonly entity: "ResourceBlock";
        readonly name: "Get all resource blocks";
        readonly path: "/api/connector/v1/resourceBlocks/getAll";
        readonly idsProperty: "ResourceBlockIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "ResourceBlocks";
        readonly parameters: {
            readonly ActivityStates: readonly [
                "Active",
                "Deleted"
            ];
        };
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "EnterpriseIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/resourceblocks#get-all-resource-blocks";
    };
    readonly CustomerAdded: {
        readonly entity: "Customer";
        readonly name: "Get all customers";
        readonly path: "/api/connector/v1/customers/getAll";
        readonly idsProperty: "CustomerIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "Customers";
        readonly parameters: {
            readonly Extent: {
                readonly Customers: true;
            };
            readonly ActivityStates: readonly [
                "Active",
                "Deleted"
            ];
        };
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "ChainIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/customers#get-all-customers";
    };
    readonly CustomerUpdated: {
        readonly entity: "Customer";
        readonly name: "Get all customers";
        readonly path: "/api/connector/v1/customers/getAll";
        readonly idsProperty: "CustomerIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "Customers";
        readonly parameters: {
            readonly Extent: {
                readonly Customers: true;
            };
            readonly ActivityStates: readonly [
                "Active",
                "Deleted"
            ];
        };
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "ChainIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/customers#get-all-customers";
    };
    readonly PaymentUpdated: {
        readonly entity: "Payment";
        readonly name: "Get all payments";
        readonly path: "/api/connector/v1/payments/getAll";
        readonly idsProperty: "PaymentIds";
        readonly maxIds: 1000;
        readonly rowsProperty: "Payments";
        readonly parameters: {};
        readonly missing: readonly [
        ];
        readonly portfolioProperty: "EnterpriseIds";
        readonly docsUrl: "https://docs.mews.com/connector-api/operations/payments#get-all-payments";
    };
};

declare function isDiscriminator(value: unknown): value is Discriminator;

declare function parseWebhook(body: unknown, options?: ParseOptions): GeneralWebhook;

declare function planFetches(webhooks: GeneralWebhook | Iterable<GeneralWebhook>): FetchRequest[];

declare function reconcileFetch(request: FetchRequest, response: unknown): Reconciliation;

declare function safeParseWebhook(body: unknown, options?: ParseOptions): ParseResult<GeneralWebhook>;

declare function toHttpRequest<R extends FetchRequest>(request: R, connection: Connection, ...[extra]: [
    R
] extends [
    ReadyFetchRequest
] ? [
    extra?: ExtraProperties
] : [
    extra: MissingProperties
]): HttpRequest;

declare function verifyToken(url: string | {
    readonly href: string;
}, secrets: string | readonly string[], options?: TokenOptions): boolean;

declare const webhookSchema: WebhookSchema;
