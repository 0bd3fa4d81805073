// Prints what was fetched and what was put aside, one JSON object a line.
import { openPool } from './queue.js';

const pool = openPool();
for (const table of ['entities', 'aside']) {
  const { rows } = await pool.query(`SELECT * FROM mews_${table}`);
  for (const row of rows) console.log(JSON.stringify({ table, ...row }));
}
await pool.end();
