interface CheckOptions {
    readonly token?: string | undefined;
    readonly tokenParameter?: string | undefined;
    readonly integration?: boolean | undefined;
    readonly only?: readonly string[] | undefined;
    readonly timeoutMs?: number | undefined;
    readonly allowRemote?: boolean | undefined;
    readonly onResult?: ((result: CheckResult, total: number) => void) | undefined;
}

interface CheckReport {
    readonly ok: boolean;
    readonly results: readonly CheckResult[];
}

interface CheckResult {
    readonly id: string;
    readonly title: string;
    readonly status: 'pass' | 'fail' | 'warn' | 'skip';
    readonly detail: string;
    readonly why: string;
    readonly fix: string;
    readonly docsUrl: string;
}

interface DeliverOptions {
    readonly timeoutMs?: number | undefined;
    readonly retryDelaysMs?: readonly number[] | undefined;
    readonly allowRemote?: boolean | undefined;
}

interface DeliveryResult {
    readonly ok: boolean;
    readonly attempts: readonly [
        DeliveryAttempt,
        ...DeliveryAttempt[]
    ];
}

interface DeliveryAttempt {
    readonly status: number | null;
    readonly failure: FailureReason | null;
    readonly durationMs: number;
}

type FailureReason = 'timeout' | 'unreachable' | 'tls' | 'closed' | 'endless';

interface CreateIntegrationWebhookOptions {
    readonly seed?: number | undefined;
}

interface WebhookPayload {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Events: readonly (WebhookEvent | UnknownEvent)[];
    readonly [property: string]: unknown;
}

interface CreateWebhookOptions {
    readonly seed?: number | undefined;
    readonly count?: number | undefined;
    readonly discriminators?: readonly string[] | undefined;
}

declare function checkReceiver(url: string | {
    readonly href: string;
}, options?: CheckOptions): Promise<CheckReport>;

declare function createIntegrationWebhook<A extends IntegrationAction>(action: A, overrides?: Partial<IntegrationDataByAction[A]>, options?: CreateIntegrationWebhookOptions): {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
};

declare function createWebhook(overrides?: Partial<WebhookPayload>, options?: CreateWebhookOptions): WebhookPayload;

declare function deliver(url: string | {
    readonly href: string;
}, body: unknown, options?: DeliverOptions): Promise<DeliveryResult>;

declare const generalWebhookSample: WebhookPayload;

declare const integrationCreatedSample: IntegrationWebhookOf<'IntegrationCreated'>;

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
type Discriminator = (typeof discriminators)[number];

// not exported
type EventOf<D extends Discriminator> = D extends Discriminator ? {
    readonly Discriminator: D;
    readonly Value: EntityUpdatedData;
} : never;

// not exported
type IntegrationAction = keyof IntegrationDataByAction;

// not exported
type IntegrationWebhookOf<A extends IntegrationAction> = A extends IntegrationAction ? {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
} : never;

// not exported
type WebhookEvent = EventOf<Discriminator>;
