import { safeParseWebhook } from '../../dist/index.js';
import { knownEvent, messages, unknownEvent } from './bodies.mjs';
const some = messages(500, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent())).map((t) => JSON.parse(t));
let kept; const end = Date.now() + 3000;
while (Date.now() < end) for (const b of some) kept = safeParseWebhook(b);
