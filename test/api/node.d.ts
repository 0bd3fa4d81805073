interface DeliveryContext {
    readonly signal: WebhookSignal;
}

interface HandlerOptions {
    readonly token: string | readonly string[] | null;
    readonly tokenParameter?: string | undefined;
    readonly onWebhook: (webhook: GeneralWebhook, context: DeliveryContext) => unknown;
    readonly onIntegrationWebhook?: ((webhook: IntegrationWebhook | UnknownIntegrationWebhook, context: DeliveryContext) => unknown) | undefined;
    readonly onInvalid?: ((error: WebhookParseError) => unknown) | undefined;
    readonly onError?: ((error: unknown) => unknown) | undefined;
    readonly maxBytes?: number | undefined;
    readonly timeoutMs?: number | undefined;
}

interface NodeRequest {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    readonly headers?: {
        readonly 'content-length'?: string | undefined;
    };
    readonly readable: boolean;
    readonly body?: unknown;
    on(event: string, listener: (...args: never[]) => void): unknown;
    pause(): unknown;
}

interface NodeResponse {
    readonly headersSent: boolean;
    writeHead(status: number, headers: Record<string, string | number>): unknown;
    flushHeaders(): void;
    end(body?: string): unknown;
}

type WebhookSignal = typeof globalThis extends {
    AbortSignal: {
        prototype: infer Signal;
    };
} ? Signal : {
    readonly aborted: boolean;
    readonly reason: unknown;
};

declare function createNodeHandler(options: HandlerOptions): (request: NodeRequest, response: NodeResponse) => Promise<void>;

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
interface IntegrationApiKeyCreatedData extends IntegrationData {
    readonly ApiKey: string;
}

// not exported
interface IntegrationCreatedData extends IntegrationData {
    readonly Enterprise: NamedEntity;
    readonly Service?: NamedEntity | null;
    readonly Requestor?: Requestor | null;
    readonly AccessToken: string;
    readonly CreatedUtc: string;
    readonly IsEnabled: boolean;
}

// not exported
interface IntegrationData {
    readonly Integration: NamedEntity;
}

// not exported
interface IntegrationDataByAction {
    readonly IntegrationCreated: IntegrationCreatedData;
    readonly IntegrationEnabled: IntegrationData;
    readonly IntegrationDisabled: IntegrationData;
    readonly IntegrationCanceled: IntegrationData;
    readonly IntegrationReinstated: IntegrationData;
    readonly IntegrationDeleted: IntegrationDeletedData;
    readonly IntegrationApiKeyCreated: IntegrationApiKeyCreatedData;
}

// not exported
interface IntegrationDeletedData extends IntegrationData {
    readonly DeletedUtc: string;
}

// not exported
interface NamedEntity {
    readonly Id: string;
    readonly Name: string;
}

// not exported
interface Requestor {
    readonly Name: string;
    readonly Email: string;
}

// not exported
interface UnknownEvent {
    readonly Discriminator: string;
    readonly Value: unknown;
}

// not exported
interface UnknownIntegrationWebhook<K extends string = 'unknown'> {
    readonly kind: K;
    readonly Action: string;
    readonly Data: unknown;
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
type IntegrationAction = keyof IntegrationDataByAction;

// not exported
type IntegrationWebhook = IntegrationWebhookOf<IntegrationAction>;

// not exported
type IntegrationWebhookOf<A extends IntegrationAction> = A extends IntegrationAction ? {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
} : never;

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
