// What the soak reads from and spoils in the BullMQ queue. Runs in the folder of the example.
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/package.json`);
const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) };
const { Redis } = require('ioredis');
const redis = new Redis(connection);
if (process.argv[2] === 'spoil') {
  const { Queue } = require('bullmq');
  const queue = new Queue('mews', { connection });
  for (const item of process.argv.slice(3)) {
    // So that no worker takes the second one before it is spoiled.
    const delay = 10_000;
    await queue.add('webhook', { item }, { delay });
    const job = await queue.add('webhook', {}, { delay });
    await redis.hset(queue.toKey(job.id), 'data', item);
  }
  await queue.close();
} else {
  for (const [field, row] of Object.entries(await redis.hgetall('mews:entities'))) {
    console.log(JSON.stringify([JSON.parse(field).join('/'), row]));
  }
}
redis.disconnect();
