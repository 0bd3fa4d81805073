// Prints what was fetched and what was put aside, one JSON object a line.
import Database from 'libsql';

const db = new Database(process.env.DATABASE ?? 'queue.db', { readonly: true });
for (const table of ['entities', 'aside', 'queue']) {
  for (const row of db.prepare(`SELECT * FROM ${table}`).all()) {
    console.log(JSON.stringify({ table, ...Object(row) }));
  }
}
db.close();
