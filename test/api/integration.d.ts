// uses GeneralWebhook of mews-webhooks
// uses ParseOptions of mews-webhooks
// uses ParseResult of mews-webhooks

export type AnyWebhook = {
    readonly kind: 'general';
    readonly webhook: GeneralWebhook;
} | {
    readonly kind: 'integration';
    readonly webhook: IntegrationWebhook;
} | UnknownIntegrationWebhook<'unknown-integration'>;

export type IntegrationAction = (typeof integrationActions)[number];

export interface IntegrationApiKeyCreatedData extends IntegrationData {
    readonly ApiKey: string;
}

export interface IntegrationCreatedData extends IntegrationData {
    readonly Enterprise: NamedEntity;
    readonly Service?: NamedEntity | null;
    readonly Requestor?: Requestor | null;
    readonly AccessToken: string;
    readonly CreatedUtc: string;
    readonly IsEnabled: boolean;
}

export interface IntegrationData {
    readonly Integration: NamedEntity;
}

export type IntegrationDataByAction = {
    readonly [A in IntegrationAction]: A extends keyof OwnDataByAction ? OwnDataByAction[A] : IntegrationData;
};

export interface IntegrationDeletedData extends IntegrationData {
    readonly DeletedUtc: string;
}

export type IntegrationWebhook = IntegrationWebhookOf<IntegrationAction>;

export type IntegrationWebhookOf<A extends IntegrationAction> = A extends IntegrationAction ? {
    readonly Action: A;
    readonly Data: IntegrationDataByAction[A];
} : never;

export interface NamedEntity {
    readonly Id: string;
    readonly Name: string;
}

export interface OwnDataByAction {
    readonly IntegrationCreated: IntegrationCreatedData;
    readonly IntegrationDeleted: IntegrationDeletedData;
    readonly IntegrationApiKeyCreated: IntegrationApiKeyCreatedData;
}

export interface Requestor {
    readonly Name: string;
    readonly Email: string;
}

export interface UnknownIntegrationWebhook<K extends string = 'unknown'> {
    readonly kind: K;
    readonly Action: string;
    readonly Data: unknown;
}

export declare const integrationActions: readonly [
    "IntegrationCreated",
    "IntegrationEnabled",
    "IntegrationDisabled",
    "IntegrationCanceled",
    "IntegrationReinstated",
    "IntegrationDeleted",
    "IntegrationApiKeyCreated"
];

export declare function parseAnyWebhook(body: unknown, options?: ParseOptions): AnyWebhook;

export declare function parseIntegrationWebhook(body: unknown): IntegrationWebhook | UnknownIntegrationWebhook;

export declare function safeParseAnyWebhook(body: unknown, options?: ParseOptions): ParseResult<AnyWebhook>;

export declare function safeParseIntegrationWebhook(body: unknown): ParseResult<IntegrationWebhook | UnknownIntegrationWebhook>;
