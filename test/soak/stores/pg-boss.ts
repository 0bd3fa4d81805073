// What the soak reads from and spoils in the pg-boss queue. Runs in the folder of the example.
import { createRequire } from 'node:module';

const { Client } = createRequire(`${process.cwd()}/package.json`)('pg');
const client = new Client();
await client.connect();
if (process.argv[2] === 'spoil') {
  const insert = "INSERT INTO pgboss.job (name, data) VALUES ('mews', $1)";
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
