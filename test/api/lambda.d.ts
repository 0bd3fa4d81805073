// exports DeliveryContext of mews-webhooks/web
// exports HandlerOptions of mews-webhooks/web
// exports Refusal of mews-webhooks/web
// exports RefusalReason of mews-webhooks/web
// exports WebhookSignal of mews-webhooks/web

export interface LambdaHttpEvent {
    readonly requestContext: object;
    readonly httpMethod?: string | undefined;
    readonly rawQueryString?: string | undefined;
    readonly queryStringParameters?: LambdaValues<string>;
    readonly multiValueQueryStringParameters?: LambdaValues<readonly string[]>;
    readonly headers?: LambdaValues<string>;
    readonly multiValueHeaders?: LambdaValues<readonly string[]>;
    readonly body?: string | null | undefined;
    readonly isBase64Encoded?: boolean | undefined;
}

export interface LambdaHttpResult {
    readonly statusCode: number;
    readonly headers: {
        readonly [name: string]: string;
    };
    readonly body: string;
    readonly multiValueHeaders?: {
        readonly [name: string]: string[];
    };
    readonly isBase64Encoded?: false;
}

export type LambdaValues<T> = {
    readonly [name: string]: T | undefined;
} | null | undefined;

export declare function createLambdaHandler(options: HandlerOptions): (event: LambdaHttpEvent) => Promise<LambdaHttpResult>;
