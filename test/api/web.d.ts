// uses GeneralWebhook of mews-webhooks
// uses IntegrationWebhook of mews-webhooks/integration
// uses ParseOptions of mews-webhooks
// uses UnknownIntegrationWebhook of mews-webhooks/integration
// uses WebhookParseError of mews-webhooks

export interface DeliveryContext {
    readonly signal: WebhookSignal;
}

export interface HandlerOptions {
    readonly token: string | readonly string[] | null;
    readonly tokenParameter?: string | undefined;
    readonly onWebhook: (webhook: GeneralWebhook, context: DeliveryContext) => unknown;
    readonly onIntegrationWebhook?: ((webhook: IntegrationWebhook | UnknownIntegrationWebhook, context: DeliveryContext) => unknown) | undefined;
    readonly onInvalidEvent?: ParseOptions['onInvalidEvent'];
    readonly onRefused?: ((refusal: Refusal) => unknown) | undefined;
    readonly onError?: ((error: unknown) => unknown) | undefined;
    readonly maxBytes?: number | undefined;
    readonly timeoutMs?: number | undefined;
}

export interface Refusal {
    readonly status: number;
    readonly reason: RefusalReason;
    readonly error: WebhookParseError | null;
}

export type RefusalReason = 'method' | 'token' | 'too_large' | 'timeout' | 'encoding' | 'aborted' | 'invalid';

export interface WebReader {
    read(): Promise<{
        readonly done: boolean;
        readonly value?: unknown;
    }>;
    cancel(): Promise<unknown>;
}

export interface WebRequest {
    readonly method: string;
    readonly url: string;
    readonly headers: {
        get(name: string): string | null;
    };
    readonly body?: WebStream | null | undefined;
    readonly bodyUsed?: boolean | undefined;
    readonly signal?: WebSignal | undefined;
    readonly arrayBuffer?: (() => Promise<ArrayBuffer>) | undefined;
}

export type WebResponse = typeof globalThis extends {
    Response: {
        prototype: infer R;
    };
} ? R : {
    readonly status: number;
};

export interface WebSignal {
    readonly aborted: boolean;
    addEventListener(type: 'abort', listener: () => void): void;
}

export interface WebStream {
    getReader(): WebReader;
    cancel(): Promise<unknown>;
}

export type WebhookSignal = typeof globalThis extends {
    AbortSignal: {
        prototype: infer Signal;
    };
} ? Signal : {
    readonly aborted: boolean;
    readonly reason: unknown;
};

export declare function createWebHandler(options: HandlerOptions): (request: WebRequest) => Promise<WebResponse>;
