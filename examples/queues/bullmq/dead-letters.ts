// npm run dead-letters -- list | replay | delete [REASON]

import { parseWebhook } from 'mews-webhooks';
import { messageOf } from './log.js';
import { openQueue } from './queue.js';

const [action, reason] = process.argv.slice(2);
const queue = await openQueue('worker');
let count = 0;
for (const { remove, ...letter } of await queue.deadLetters()) {
  if (reason !== undefined && letter.reason !== reason) continue;
  if (action === 'list') console.log(JSON.stringify(letter));
  else if (action === 'delete') await remove();
  else if (action === 'replay') {
    try {
      await queue.save(parseWebhook(letter.webhook));
      await remove();
    } catch (error) {
      console.error(`Stays a dead letter: ${messageOf(error)}`);
      continue;
    }
  } else throw new TypeError('expected list, replay or delete');
  count++;
}
if (action !== 'list') console.log(`${count} dead letters: ${action}`);
// The process ends when all of it is written: process.exit() would drop what a slow reader has not taken.
await queue.close();
