// exports DeliveryContext of mews-webhooks/web
// exports HandlerOptions of mews-webhooks/web
// exports Refusal of mews-webhooks/web
// exports RefusalReason of mews-webhooks/web
// exports WebhookSignal of mews-webhooks/web

export interface LambdaHttpEvent {
    readonly requestContext: object;
    readonly httpMethod?: string | undefined;
    readonly rawQueryString?: string | undefined;
    readonly queryStringParameters?: Values<string>;
    readonly multiValueQueryStringParameters?: Values<readonly string[]>;
    readonly headers?: Values<string>;
    readonly multiValueHeaders?: Values<readonly string[]>;
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

export declare function createLambdaHandler(options: HandlerOptions): (event: LambdaHttpEvent) => Promise<LambdaHttpResult>;
