// Fails unless the mutants that survived are those that the configuration explains, so that it stays true.
import { readFileSync } from 'node:fs';
import config, { survivors } from './stryker.config.mjs';

/** Where a mutant is and what it changes, in words that stay the same when the code moves. */
function rowOf(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n');
  const above = lines.slice(0, start.line).join('\n');
  const name = [...above.matchAll(/^(?:export )?(?:const|class|function) (\w+)/gm)].at(-1)?.[1];
  const code = lines.slice(start.line - 1, end.line).join('\n');
  const before = code.slice(0, start.column - 1);
  const after = lines[end.line - 1].slice(end.column - 1);
  const mutated = code.slice(before.length, code.length - after.length);
  const change = `${before}⟨${mutated} → ${replacement}⟩${after}`;
  return JSON.stringify([`${file} ${name}`, change.replace(/\s+/g, ' ').trim()]);
}

const { files } = JSON.parse(readFileSync(config.jsonReporter.fileName, 'utf8'));
const unexplained = [];
for (const [file, { source, mutants }] of Object.entries(files)) {
  // Nothing escapes by a comment that tells Stryker to ignore it.
  const alive = mutants.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
  unexplained.push(...alive.map((mutant) => rowOf(file, source, mutant)));
}
const stale = [];
for (const [place, change, reason] of survivors) {
  const row = JSON.stringify([place, change]);
  const index = reason ? unexplained.indexOf(row) : -1;
  if (index === -1) stale.push(row);
  else unexplained.splice(index, 1);
}

console.log(`${survivors.length - stale.length} explained mutants survived`);
for (const row of unexplained) console.error(`Survived unexplained: ${row}`);
for (const row of stale) console.error(`Listed without a reason, or did not survive: ${row}`);
process.exitCode = unexplained.length + stale.length === 0 ? 0 : 1;
