// Runs every comparison, prints the tables, and writes results.json and chart.svg beside this file.
// --short runs the speed of a few sizes, writes nothing, and fails on gross faults only.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { drawChart } from './chart.mjs';
import { compareMemory } from './memory.mjs';
import { compareSpeed } from './speed.mjs';
import { compareImport, compareTypes } from './startup.mjs';

const here = import.meta.dirname;
const short = process.argv.includes('--short');
const { dependencies } = JSON.parse(readFileSync(`${here}/package.json`, 'utf8'));

const speed = compareSpeed(
  short
    ? { sizes: [100], rounds: 10, largest: 20_000 }
    : { sizes: [1, 7, 100, 500, 5000], rounds: 20, largest: 1_000_000 },
);
printSpeed(speed);

if (short) {
  // What noise can't explain: any goal missed by a factor, or a compiler of schemas that is faster.
  const faults = speed.filter(({ goal, ratio }) => goal && ratio > 4 * goal);
  for (const { size, times } of speed.filter(({ title }) => title === 'valid object')) {
    if (times['mews-webhooks'] > times.ajv) faults.push({ title: 'slower than ajv', size });
  }
  for (const { title, size, ratio } of faults) console.error('Gross fault:', title, size, ratio);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  const memory = compareMemory();
  const imports = compareImport(15);
  const types = compareTypes();
  console.log(
    '\n| peak memory, MB | JSON.parse | safeParseWebhook | ratio | goal |\n|---|--:|--:|--:|--:|',
  );
  for (const { title, megabytes, ratio, goal } of memory) {
    const of = (way) => megabytes[way].toFixed(0);
    console.log(
      `| ${title} | ${of('JSON.parse')} | ${of('safeParseWebhook')} | ${ratio.toFixed(2)} | ${goal} |`,
    );
  }
  console.log('\n| process that imports | ms |\n|---|--:|');
  for (const [name, time] of Object.entries(imports))
    console.log(`| ${name} | ${time.toFixed(1)} |`);
  console.log('\n| file that uses | type instantiations |\n|---|--:|');
  for (const [name, count] of Object.entries(types)) console.log(`| ${name} | ${count} |`);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    arch: arch(),
  };
  const results = { machine, peers: dependencies, speed, memory, imports, types };
  writeFileSync(`${here}/results.json`, `${JSON.stringify(results, rounded, 2)}\n`);
  writeFileSync(`${here}/chart.svg`, drawChart(speed));
}

function printSpeed(rows) {
  console.log('| what | events | ratio | goal | ns per message |\n|---|--:|--:|--:|---|');
  for (const { title, size, ratio, goal, times } of rows) {
    const all = Object.entries(times)
      .sort(([, a], [, b]) => a - b)
      .map(([name, time]) => `${name} ${time.toFixed(0)}`);
    console.log(
      `| ${title} | ${size} | ${ratio.toFixed(3)} | ${goal?.toFixed(3) ?? ''} | ${all.join(', ')} |`,
    );
  }
}

function rounded(_, value) {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
