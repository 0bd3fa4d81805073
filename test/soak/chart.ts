// Draws what the soak measured: `tsx test/soak/chart.ts`
import { readFileSync, writeFileSync } from 'node:fs';
import type { Result } from './run.js';

const results: Result[] = JSON.parse(readFileSync('test/soak/results.json', 'utf8'));
const queues = results.filter(({ naive }) => !naive);
if (queues.some(({ lost }) => lost > 0)) throw new Error('results.json: expected nothing lost');
const bars = queues.flatMap(({ name, events, requests }) => [
  { label: name, count: events, what: 'one call per event', colour: '#9aa5b1' },
  { label: '', count: requests, what: 'requests sent', colour: '#2f6f4f' },
]);

const most = Math.max(...bars.map(({ count }) => count));
const [left, width, height, gap] = [170, 420, 18, 26];
const lines = bars.map(({ label, count, what, colour }, index) => {
  const y = 34 + index * gap + Math.floor(index / 2) * 8;
  const length = Math.round((count / most) * (width - 170));
  return [
    `  <text x="${left - 8}" y="${y + 13}" text-anchor="end">${label}</text>`,
    `  <rect x="${left}" y="${y}" width="${length}" height="${height}" fill="${colour}"/>`,
    `  <text x="${left + length + 6}" y="${y + 13}">${count.toLocaleString('en')} ${what}</text>`,
  ].join('\n');
});
const bottom = 34 + bars.length * gap + Math.floor(bars.length / 2) * 8;
const title = 'Requests to the Connector API while processes were killed; nothing lost';

writeFileSync(
  'test/soak/fetches.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 10} ${bottom}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12" fill="#52606d">
  <text x="8" y="18" font-weight="600">${title}</text>
${lines.join('\n')}
</svg>
`,
);
