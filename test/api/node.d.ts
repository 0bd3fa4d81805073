// exports DeliveryContext of mews-webhooks/web
// exports HandlerOptions of mews-webhooks/web
// exports Refusal of mews-webhooks/web
// exports RefusalReason of mews-webhooks/web
// exports WebhookSignal of mews-webhooks/web

export interface NodeRequest {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    readonly originalUrl?: string | undefined;
    readonly headers?: {
        readonly 'content-length'?: string | undefined;
        readonly 'content-encoding'?: string | undefined;
    } | undefined;
    readonly body?: unknown;
    readonly readable: boolean;
    readonly aborted?: boolean | undefined;
    readonly stream?: {
        close(): void;
    } | undefined;
    on(event: 'data', listener: (chunk: unknown) => void): unknown;
    on(event: 'end' | 'close', listener: () => void): unknown;
    on(event: 'error', listener: (error: Error) => void): unknown;
    pause(): unknown;
    resume?(): unknown;
}

export interface NodeResponse {
    readonly headersSent: boolean;
    writeHead(status: number, headers: Record<string, string | number>): unknown;
    flushHeaders?(): void;
    end(): unknown;
    end(body: string): unknown;
}

export declare function createNodeHandler(options: HandlerOptions): (request: NodeRequest, response: NodeResponse) => Promise<void>;
