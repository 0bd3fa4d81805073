import type {
  ALBEvent,
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLEvent,
  LambdaFunctionURLHandler,
  SQSEvent,
} from 'aws-lambda';
import { createLambdaHandler } from 'mews-webhooks/lambda';

const handler = createLambdaHandler({ token: 'secret', onWebhook: () => {} });
export const handlers: [
  ALBHandler,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLHandler,
] = [handler, handler, handler, handler];

declare const event:
  | ALBEvent
  | APIGatewayProxyEvent
  | APIGatewayProxyEventV2
  | LambdaFunctionURLEvent;
handler(event);

declare const absent: (event: { absent: string }) => void;
declare const messages: SQSEvent;
// @ts-expect-error
absent(event);
// @ts-expect-error
handler(messages);
