// uses Connection of mews-webhooks
// uses EntityName of mews-webhooks/fetch
// uses EntityRows of mews-webhooks/fetch
// uses EntityUpdatedData of mews-webhooks
// uses IntegrationAction of mews-webhooks/integration
// uses IntegrationDataByAction of mews-webhooks/integration
// uses IntegrationWebhookOf of mews-webhooks/integration
// uses UnknownEvent of mews-webhooks
// uses WebhookEvent of mews-webhooks

export interface ChangeOptions {
    readonly enterpriseId?: string | undefined;
    readonly lagMs?: number | undefined;
}

export interface CheckAnnouncement {
    readonly requests: number;
    readonly events: number;
    readonly enterpriseId: string;
}

export interface CheckOptions {
    readonly token?: string | undefined;
    readonly tokenParameter?: string | undefined;
    readonly integration?: boolean | undefined;
    readonly only?: readonly string[] | undefined;
    readonly timeoutMs?: number | undefined;
    readonly allowRemote?: boolean | undefined;
    readonly onStart?: ((announcement: CheckAnnouncement) => void) | undefined;
    readonly onResult?: ((result: CheckResult, total: number) => void) | undefined;
}

export interface CheckReport {
    readonly ok: boolean;
    readonly results: readonly CheckResult[];
}

export interface CheckResult {
    readonly id: string;
    readonly title: string;
    readonly status: 'pass' | 'fail' | 'warn' | 'skip';
    readonly detail: string;
    readonly why: string;
    readonly fix: string;
    readonly docsUrl: string;
}

export type ConnectorFault = 'silence' | 'disconnect' | 'not_json' | 'other_shape' | {
    readonly status: number;
    readonly retryAfter?: string | undefined;
} | {
    readonly delayMs: number;
};

export interface ConnectorMock {
    readonly platformAddress: string;
    readonly connection: Connection;
    connectionOf(integrationId: string): Connection | undefined;
    readonly integrations: readonly {
        readonly integrationId: string;
        readonly enterpriseIds: readonly string[];
    }[];
    readonly requests: readonly RecordedRequest[];
    rows(): PlacedRow[];
    put<E extends EntityName>(entity: E, row: MockRow<E>, options?: ChangeOptions): Promise<readonly DeliveryResult[]>;
    change<E extends EntityName>(entity: E, id: string, changes?: Partial<EntityRows[E]>, options?: ChangeOptions): Promise<readonly DeliveryResult[]>;
    remove(entity: EntityName, id: string, options?: ChangeOptions): Promise<readonly DeliveryResult[]>;
    fail(fault: ConnectorFault, options?: FailOptions): void;
    recover(): void;
    close(): Promise<void>;
}

export interface ConnectorMockOptions {
    readonly integrations?: readonly MockIntegration[] | undefined;
    readonly clientToken?: string | undefined;
    readonly port?: number | undefined;
    readonly seed?: number | undefined;
    readonly now?: (() => number) | undefined;
    readonly limit?: {
        readonly requests: number;
        readonly windowMs: number;
    } | undefined;
    readonly retryAfter?: boolean | 'random' | undefined;
    readonly heavyAbove?: number | undefined;
    readonly faults?: readonly {
        readonly fault: ConnectorFault;
        readonly rate: number;
    }[] | undefined;
    readonly isMalformedId?: ((id: string) => boolean) | undefined;
    readonly deliver?: string | {
        readonly href: string;
    } | undefined;
}

export interface CreateIntegrationWebhookOptions {
    readonly seed?: number | undefined;
}

export interface CreateWebhookOptions {
    readonly seed?: number | undefined;
    readonly count?: number | undefined;
    readonly discriminators?: readonly string[] | undefined;
}

export interface DeliverOptions {
    readonly timeoutMs?: number | undefined;
    readonly retryDelaysMs?: readonly number[] | undefined;
    readonly allowRemote?: boolean | undefined;
}

export interface DeliveryAttempt {
    readonly status: number | null;
    readonly failure: FailureReason | null;
    readonly durationMs: number;
}

export interface DeliveryResult {
    readonly ok: boolean;
    readonly attempts: readonly [
        DeliveryAttempt,
        ...DeliveryAttempt[]
    ];
}

export interface FailOptions {
    readonly times?: number | undefined;
    readonly entity?: EntityName | undefined;
    readonly integrationId?: string | undefined;
}

export type FailureReason = 'timeout' | 'unreachable' | 'tls' | 'closed' | 'endless';

export interface MockIntegration {
    readonly integrationId: string;
    readonly enterpriseIds: readonly string[];
    readonly accessToken?: string | undefined;
}

export type MockRow<E extends EntityName> = {
    readonly Id: string;
} & Partial<EntityRows[E]>;

export interface PlacedRow {
    readonly entity: EntityName;
    readonly EnterpriseId: string;
    readonly row: StoredRow;
}

export interface RecordedRequest {
    readonly at: number;
    readonly method: string;
    readonly path: string;
    readonly entity: EntityName | null;
    readonly integrationId: string | null;
    readonly body: Readonly<Record<string, unknown>> | null;
    readonly status: number | null;
    readonly rows: readonly {
        readonly Id: string;
        readonly [property: string]: unknown;
    }[];
    readonly requestId: string;
}

export interface StoredRow {
    readonly Id: string;
    readonly [property: string]: unknown;
}

export interface WebhookPayload {
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Events: readonly (WebhookEvent | UnknownEvent)[];
    readonly [property: string]: unknown;
}

export declare function assertReceiver(url: string | {
    readonly href: string;
}, options?: CheckOptions): Promise<void>;

export declare function checkReceiver(url: string | {
    readonly href: string;
}, options?: CheckOptions): Promise<CheckReport>;

export declare function createEvent<D extends string>(discriminator: D, id?: string): {
    readonly Discriminator: D;
    readonly Value: EntityUpdatedData;
};

export declare function createIntegrationWebhook<A extends IntegrationAction>(action: A, overrides?: Partial<IntegrationDataByAction[A]>, options?: CreateIntegrationWebhookOptions): {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
};

export declare function createWebhook(overrides?: Partial<WebhookPayload>, options?: CreateWebhookOptions): WebhookPayload;

export declare function deliver(url: string | {
    readonly href: string;
}, body: unknown, options?: DeliverOptions): Promise<DeliveryResult>;

export declare const generalWebhookSample: WebhookPayload;

export declare const integrationCreatedSample: IntegrationWebhookOf<'IntegrationCreated'>;

export declare function startConnectorMock(options?: ConnectorMockOptions): Promise<ConnectorMock>;
