export interface Connection {
    readonly platformAddress: string;
    readonly clientToken: string;
    readonly accessToken: string;
    readonly client: string;
}

export type CustomerAddedEvent = EventOf<'CustomerAdded'>;

export type CustomerUpdatedEvent = EventOf<'CustomerUpdated'>;

export type Discriminator = (typeof discriminators)[number];

export interface EntityUpdatedData {
    readonly Id: string;
}

export type EventOf<D extends Discriminator> = D extends Discriminator ? {
    readonly Discriminator: D;
    readonly Value: EntityUpdatedData;
} : never;

export type ExpectedType = 'non-empty string' | 'object' | 'array' | 'string' | 'boolean';

export type ExtraProperties = Readonly<Record<string, unknown>>;

export interface FetchOperation {
    readonly entity: 'ServiceOrder' | 'Resource' | 'Message' | 'ResourceBlock' | 'Customer' | 'Payment';
    readonly name: string;
    readonly path: `/api/connector/v1/${string}`;
    readonly idsProperty: string | null;
    readonly maxIds: number;
    readonly rowsProperty: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly missing: readonly string[];
    readonly portfolioProperty: 'EnterpriseIds' | 'ChainIds';
    readonly docsUrl: `https://docs.mews.com/${string}`;
}

export type FetchRequest = ReadyFetchRequest | IncompleteFetchRequest;

export interface FetchTarget {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly operation: FetchOperation;
    readonly ids: readonly string[];
    readonly body: Readonly<Record<string, unknown>>;
}

export interface FetchedRow {
    readonly Id: string;
    readonly [property: string]: unknown;
}

export interface GeneralWebhook {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Events: readonly WebhookEvent[];
    readonly UnknownEvents: readonly UnknownEvent[];
}

export interface HttpRequest {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: {
        readonly 'Content-Type': 'application/json';
    };
    readonly body: string;
}

export interface IncompleteFetchRequest extends FetchTarget {
    readonly kind: 'incomplete';
    readonly missing: readonly string[];
}

export interface JsonSchemaOptions {
    readonly target: JsonSchemaTarget | ({} & string);
    readonly libraryOptions?: Record<string, unknown> | undefined;
}

export type JsonSchemaTarget = 'draft-2020-12' | 'draft-07' | 'openapi-3.0';

export type MessageAddedEvent = EventOf<'MessageAdded'>;

export interface MissingProperties extends ExtraProperties {
    readonly MessageThreadIds: readonly string[];
}

export interface ParseOptions {
    readonly onInvalidEvent?: ((event: unknown, issues: WebhookIssues) => void) | undefined;
}

export type ParseResult<T> = {
    readonly success: true;
    readonly data: T;
} | {
    readonly success: false;
    readonly error: WebhookParseError;
};

export type PaymentUpdatedEvent = EventOf<'PaymentUpdated'>;

export interface PlanOptions {
    readonly maxIds?: number | undefined;
}

export interface ReadyFetchRequest extends FetchTarget {
    readonly kind: 'ready';
}

export type ReceivedType = 'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'empty string' | 'array' | 'object' | 'bigint' | 'symbol' | 'function';

export interface Reconciliation {
    readonly found: Map<string, FetchedRow>;
    readonly missing: string[];
}

export type ResourceBlockUpdatedEvent = EventOf<'ResourceBlockUpdated'>;

export type ResourceUpdatedEvent = EventOf<'ResourceUpdated'>;

export type ServiceOrderUpdatedEvent = EventOf<'ServiceOrderUpdated'>;

export interface TokenOptions {
    readonly parameter?: string | undefined;
}

export interface UnknownEvent {
    readonly Discriminator: string;
    readonly Value: unknown;
}

export type WebhookErrorCode = 'missing_body' | 'invalid_json' | 'invalid_webhook' | 'integration_webhook' | 'websocket_message' | 'general_webhook';

export type WebhookEvent = EventOf<Discriminator>;

export interface WebhookIssue {
    readonly path: (string | number)[];
    readonly expected: ExpectedType;
    readonly received: ReceivedType;
    readonly message: string;
}

export type WebhookIssues = readonly [
    WebhookIssue,
    ...WebhookIssue[]
];

export declare class WebhookParseError extends Error {
    readonly code: WebhookErrorCode;
    readonly issues: WebhookIssues;
    constructor(code: WebhookErrorCode, message: string, issues: WebhookIssues);
    get name(): 'WebhookParseError';
    toJSON(): Pick<WebhookParseError, 'name' | 'code' | 'message' | 'issues'>;
}

export interface WebhookSchema {
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

export declare function dedupeEvents<E extends WebhookEvent>(events: Iterable<E>): E[];

export declare const discriminators: readonly [
    "ServiceOrderUpdated",
    "ResourceUpdated",
    "MessageAdded",
    "ResourceBlockUpdated",
    "CustomerAdded",
    "CustomerUpdated",
    "PaymentUpdated"
];

export declare const fetchOperations: {
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

export declare function isDiscriminator(value: unknown): value is Discriminator;

export declare function parseWebhook(body: unknown, options?: ParseOptions): GeneralWebhook;

export declare function planFetches(webhooks: GeneralWebhook | Iterable<GeneralWebhook>, options?: PlanOptions): FetchRequest[];

export declare function reconcileFetch(request: FetchRequest, response: unknown): Reconciliation;

export declare function safeParseWebhook(body: unknown, options?: ParseOptions): ParseResult<GeneralWebhook>;

export declare function toHttpRequest<R extends FetchRequest>(request: R, connection: Connection, ...[extra]: [
    R
] extends [
    ReadyFetchRequest
] ? [
    extra?: ExtraProperties
] : [
    extra: MissingProperties
]): HttpRequest;

export declare function verifyToken(url: string | {
    readonly href: string;
}, secrets: string | readonly string[], options?: TokenOptions): boolean;

export declare const webhookSchema: WebhookSchema;
