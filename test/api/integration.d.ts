type AnyWebhook = {
    readonly kind: 'general';
    readonly webhook: GeneralWebhook;
} | {
    readonly kind: 'integration';
    readonly webhook: IntegrationWebhook;
} | UnknownIntegrationWebhook<'unknown-integration'>;

type IntegrationAction = keyof IntegrationDataByAction;

interface IntegrationApiKeyCreatedData extends IntegrationData {
    readonly ApiKey: string;
}

interface IntegrationCreatedData extends IntegrationData {
    readonly Enterprise: NamedEntity;
    readonly Service?: NamedEntity | null;
    readonly Requestor?: Requestor | null;
    readonly AccessToken: string;
    readonly CreatedUtc: string;
    readonly IsEnabled: boolean;
}

interface IntegrationData {
    readonly Integration: NamedEntity;
}

interface IntegrationDataByAction {
    readonly IntegrationCreated: IntegrationCreatedData;
    readonly IntegrationEnabled: IntegrationData;
    readonly IntegrationDisabled: IntegrationData;
    readonly IntegrationCanceled: IntegrationData;
    readonly IntegrationReinstated: IntegrationData;
    readonly IntegrationDeleted: IntegrationDeletedData;
    readonly IntegrationApiKeyCreated: IntegrationApiKeyCreatedData;
}

interface IntegrationDeletedData extends IntegrationData {
    readonly DeletedUtc: string;
}

type IntegrationWebhook = IntegrationWebhookOf<IntegrationAction>;

type IntegrationWebhookOf<A extends IntegrationAction> = A extends IntegrationAction ? {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
} : never;

interface NamedEntity {
    readonly Id: string;
    readonly Name: string;
}

interface Requestor {
    readonly Name: string;
    readonly Email: string;
}

interface UnknownIntegrationWebhook<K extends string = 'unknown'> {
    readonly kind: K;
    readonly Action: string;
    readonly Data: unknown;
}

declare function parseAnyWebhook(body: unknown): AnyWebhook;

declare function parseIntegrationWebhook(body: unknown): IntegrationWebhook | UnknownIntegrationWebhook;

declare function safeParseAnyWebhook(body: unknown): ParseResult<AnyWebhook>;

declare function safeParseIntegrationWebhook(body: unknown): ParseResult<IntegrationWebhook | UnknownIntegrationWebhook>;

// not exported
declare class WebhookParseError extends Error {
    readonly code: WebhookErrorCode;
    readonly issues: WebhookIssues;
    constructor(code: WebhookErrorCode, message: string, issues: WebhookIssues);
    get name(): 'WebhookParseError';
    toJSON(): Pick<WebhookParseError, 'name' | 'code' | 'message' | 'issues'>;
}

// not exported
declare const discriminators: readonly [
    "ServiceOrderUpdated",
    "ResourceUpdated",
    "MessageAdded",
    "ResourceBlockUpdated",
    "CustomerAdded",
    "CustomerUpdated",
    "PaymentUpdated"
];

// not exported
interface EntityUpdatedData {
    readonly Id: string;
}

// not exported
interface GeneralWebhook {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Events: readonly WebhookEvent[];
    readonly UnknownEvents: readonly UnknownEvent[];
}

// not exported
interface UnknownEvent {
    readonly Discriminator: string;
    readonly Value: unknown;
}

// not exported
interface WebhookIssue {
    readonly path: (string | number)[];
    readonly expected: ExpectedType;
    readonly received: ReceivedType;
    readonly message: string;
}

// not exported
type Discriminator = (typeof discriminators)[number];

// not exported
type EventOf<D extends Discriminator> = D extends Discriminator ? {
    readonly Discriminator: D;
    readonly Value: EntityUpdatedData;
} : never;

// not exported
type ExpectedType = 'non-empty string' | 'object' | 'array' | 'string' | 'boolean';

// not exported
type ParseResult<T> = {
    readonly success: true;
    readonly data: T;
} | {
    readonly success: false;
    readonly error: WebhookParseError;
};

// not exported
type ReceivedType = 'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'empty string' | 'array' | 'object' | 'bigint' | 'symbol' | 'function';

// not exported
type WebhookErrorCode = 'missing_body' | 'invalid_json' | 'invalid_webhook' | 'integration_webhook' | 'websocket_message' | 'general_webhook';

// not exported
type WebhookEvent = EventOf<Discriminator>;

// not exported
type WebhookIssues = readonly [
    WebhookIssue,
    ...WebhookIssue[]
];
