// Prints what was fetched and what was put aside, one JSON object a line.
import { openDatabase } from './store.js';

const db = openDatabase(process.env.DATABASE ?? 'queue.db');
for (const table of ['entities', 'aside', 'queue']) {
  for (const row of db.prepare(`SELECT * FROM ${table}`).all()) {
    console.log(JSON.stringify({ table, ...Object(row) }));
  }
}
db.close();
