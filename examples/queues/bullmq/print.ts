// Prints what was fetched and what was put aside, one JSON object a line.
import { asideKey, entitiesKey, openRedis, patient } from './queue.js';

const redis = openRedis(patient);
for (const [field, value] of Object.entries(await redis.hgetall(entitiesKey))) {
  const [enterprise, entity, id] = JSON.parse(field);
  console.log(JSON.stringify({ table: 'entities', enterprise, entity, id, ...JSON.parse(value) }));
}
for (const [, [, reason, , webhook]] of await redis.xrange(asideKey, '-', '+')) {
  console.log(JSON.stringify({ table: 'aside', reason, webhook }));
}
redis.disconnect();
