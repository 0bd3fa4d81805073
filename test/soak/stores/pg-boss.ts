// What the soak reads from and spoils in the pg-boss queue. Runs in the folder of the example.
import { createRequire } from 'node:module';

const { Client } = createRequire(`${process.cwd()}/package.json`)('pg');
const client = new Client();
await client.connect();
if (process.argv[2] === 'spoil') {
  // As jobs of the receiver have them: a worker that is killed keeps the job no longer than that.
  const insert = `INSERT INTO pgboss.job (name, data, expire_in, retry_limit)
    VALUES ('mews', $1, interval '${Number(process.env.EXPIRE_SECONDS)} s', 1000000)`;
  for (const item of process.argv.slice(3)) {
    await client.query(insert, [JSON.stringify(item)]);
    await client.query(insert, [JSON.stringify({ item })]);
  }
} else {
  const { rows } = await client.query('SELECT * FROM mews_entities');
  for (const { enterprise, entity, id, row } of rows) {
    console.log(JSON.stringify([`${enterprise}/${entity}/${id}`, row]));
  }
}
await client.end();
