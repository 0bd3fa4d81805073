// Stands for the host of Azure Functions, which needs .NET: it gives @azure/functions the module that the
// host gives it, and turns HTTP into the messages of the host's protocol and back.
import { createServer } from 'node:http';
import Module from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from '@azure/functions-core';
import { examples } from './start.js';

let model: ProgrammingModel | undefined;
let registered: { metadata: FunctionMetadata; callback: FunctionCallback } | undefined;
const core = {
  setProgrammingModel(given: ProgrammingModel) {
    model = given;
  },
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback) {
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
  const sent = returnValue?.http;
  response.writeHead(Number(sent?.statusCode), sent?.headers ?? {});
  response.end(sent?.body?.bytes ?? sent?.body?.string);
}).listen(Number(process.env.PORT));
