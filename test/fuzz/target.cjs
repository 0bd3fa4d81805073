// What the fuzzer calls with bytes. Built code, so that nothing but the library is instrumented.
const assert = require('node:assert/strict');
const { parseWebhook, safeParseWebhook, WebhookParseError } = require('../../dist/index.cjs');

const codes = [
  'missing_body',
  'invalid_json',
  'invalid_webhook',
  'integration_webhook',
  'websocket_message',
];

/** The JSON value of the bytes, read without the library. */
function read(data) {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)) };
  } catch {
    return undefined;
  }
}

function outcome(body) {
  try {
    return { webhook: parseWebhook(body) };
  } catch (error) {
    assert(error instanceof WebhookParseError);
    assert(codes.includes(error.code));
    assert(error.issues.length >= 1 && error.issues.length <= 100);
    return { error: error.toJSON() };
  }
}

module.exports.fuzz = (data) => {
  const { webhook, error } = outcome(data);
  const json = read(data);
  if (json === undefined) {
    assert(error.code === 'invalid_json' || error.code === 'missing_body');
    return;
  }
  assert.notEqual(error?.code, 'invalid_json');
  if (typeof json.value !== 'string') {
    assert.deepEqual(outcome(json.value), webhook ? { webhook } : { error });
  }
  if (webhook) assert.deepEqual(parseWebhook(webhook), webhook);
  // With a receiver for the malformed events, none is lost.
  let handed = 0;
  const lenient = safeParseWebhook(data, { onInvalidEvent: () => handed++ });
  if (lenient.success) {
    const { Events, UnknownEvents } = lenient.data;
    const came = json.value.Events.length + (json.value.UnknownEvents?.length ?? 0);
    assert.equal(Events.length + UnknownEvents.length + handed, came);
    assert.equal(handed === 0, webhook !== undefined);
  }
};
