// What the soak reads from and spoils in the SQLite queue. Runs in the folder of the example.
import { createRequire } from 'node:module';

const Database = createRequire(`${process.cwd()}/package.json`)('libsql');
const db = new Database(process.env.DATABASE);
db.pragma('busy_timeout = 5000');
if (process.argv[2] === 'spoil') {
  const insert = db.prepare('INSERT INTO queue (item, due) VALUES (?, 0)');
  for (const item of process.argv.slice(3)) insert.run(item);
} else {
  for (const { enterprise, entity, id, row } of db.prepare('SELECT * FROM entities').all()) {
    console.log(JSON.stringify([`${enterprise}/${entity}/${id}`, row]));
  }
}
db.close();
