// Stands for the host of Azure Functions, which needs .NET: it gives @azure/functions the module that the
// host gives it, and turns HTTP into the messages of the host's protocol and back.
import { createServer } from 'node:http';
import Module from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { examples } from './start.js';

interface Metadata {
  readonly bindings: object;
}
type Callback = (...inputs: unknown[]) => unknown;
interface HttpResponse {
  readonly statusCode: string;
  readonly headers: Record<string, string>;
  readonly body?: { readonly bytes?: Uint8Array; readonly string?: string };
}
/** What the host uses of @azure/functions, whose own types are not published. */
interface Model {
  getInvocationModel(context: object): {
    getArguments(): Promise<{ context: object; inputs: unknown[] }>;
    invokeFunction(context: object, inputs: unknown[], callback: Callback): Promise<unknown>;
    getResponse(
      context: object,
      result: unknown,
    ): Promise<{ readonly returnValue: { readonly http: HttpResponse } }>;
  };
}

let model: Model | undefined;
let registered: { metadata: Metadata; callback: Callback } | undefined;
const core = {
  setProgrammingModel(given: Model) {
    model = given;
  },
  registerFunction(metadata: Metadata, callback: Callback) {
    registered = { metadata, callback };
  },
  log: console.log,
};
Module.prototype.require = new Proxy(Module.prototype.require, {
  apply: (require, module, [id]) =>
    id === '@azure/functions-core' ? core : Reflect.apply(require, module, [id]),
});
await import(join(examples, 'azure-functions.ts'));

createServer(async (request, response) => {
  if (!model || !registered) throw new Error('The example registered no function');
  const { metadata, callback } = registered;
  const [trigger = ''] = Object.keys(metadata.bindings);
  const http = {
    method: request.method ?? '',
    url: `http://${request.headers.host}${request.url}`,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: { bytes: await buffer(request) },
  };
  const invocation = model.getInvocationModel({
    invocationId: 'invocation-1',
    metadata,
    request: { invocationId: 'invocation-1', inputData: [{ name: trigger, data: { http } }] },
    log: console.log,
    state: undefined,
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, callback);
  const { returnValue } = await invocation.getResponse(context, result);
  const { statusCode, headers, body } = returnValue.http;
  response.writeHead(Number(statusCode), headers).end(body?.bytes ?? body?.string);
}).listen(Number(process.env.PORT));
