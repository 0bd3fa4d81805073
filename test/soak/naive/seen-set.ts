// Wrong on purpose: takes an event that it has seen before for a repeated delivery.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { openQueue } from '../../../examples/queues/sqlite/queue.js';
import { createReceiver } from '../../../examples/queues/sqlite/receive.js';
import { required } from '../../../examples/queues/sqlite/settings.js';

const queue = await openQueue('worker');
const file = `${process.env.DATABASE}.seen`;
const seen = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
const receiver = createReceiver(required('MEWS_TOKEN'), (webhook) => {
  const Events = webhook.Events.filter(({ Discriminator, Value }) => {
    const key = `${Discriminator} ${Value.Id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    appendFileSync(file, `${key}\n`);
    return true;
  });
  return queue.save({ ...webhook, Events });
});
receiver.listen(Number(required('PORT')), '127.0.0.1');
