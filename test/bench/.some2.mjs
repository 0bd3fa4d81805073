import { safeParseWebhook } from '../../dist/index.js';
import { knownEvent, messages, unknownEvent } from './bodies.mjs';
import { measure } from './measure.mjs';
const parseAll = (texts) => texts.map((text) => JSON.parse(text));
const some = messages(500, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent()));
const r = measure({ some: [(b) => safeParseWebhook(b), parseAll(some)], all: [(b) => safeParseWebhook(b), parseAll(messages(500))], json: [JSON.parse, some] }, [], 200);
console.log('20% unknown json/ours', (r.json / r.some).toFixed(2), 'all', (r.json/r.all).toFixed(2));
