// A bar chart on a logarithmic scale; its colours suit a light and a dark page.
const width = 640;
const left = 130;
const bar = 22;
const gap = 8;
const top = 44;

/** Draws how long each candidate takes to validate a message of 100 events. */
export function drawChart(rows) {
  const { times } = rows.find(({ title, size }) => title === 'valid object' && size === 100);
  const entries = Object.entries(times).sort(([, a], [, b]) => a - b);
  const values = entries.map(([, time]) => time / 1000);
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const highest = Math.max(...values) * 1.6;
  const scale = (value) =>
    ((width - left - 70) * Math.log(value / lowest)) / Math.log(highest / lowest);
  const height = top + entries.length * (bar + gap) + 30;
  const bars = entries.map(([name], index) => {
    const y = top + index * (bar + gap);
    const value = values[index];
    const length = Math.max(2, scale(value)).toFixed(1);
    const kind = name === 'mews-webhooks' ? 'ours' : 'other';
    return `<text x="${left - 8}" y="${y + 16}" text-anchor="end">${name}</text>
<rect class="${kind}" x="${left}" y="${y}" width="${length}" height="${bar}" rx="3"/>
<text x="${left + Number(length) + 6}" y="${y + 16}">${Number(value.toPrecision(2))} µs</text>`;
  });
  const lines = [];
  for (let value = lowest; value <= highest; value *= 10) {
    const x = (left + scale(value)).toFixed(1);
    lines.push(`<line x1="${x}" y1="${top - 6}" x2="${x}" y2="${height - 22}"/>
<text x="${x}" y="${height - 6}" text-anchor="middle">${Number(value.toPrecision(1))} µs</text>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time to validate a message of 100 events, logarithmic scale">
<style>
text { font: 13px system-ui, sans-serif; fill: #57606a }
line { stroke: #8c959f; stroke-opacity: .35 }
.title { font-weight: 600 }
.ours { fill: #1f883d }
.other { fill: #8c959f }
@media (prefers-color-scheme: dark) {
  text { fill: #c9d1d9 }
  .ours { fill: #3fb950 }
  .other { fill: #6e7681 }
}
</style>
<text class="title" x="8" y="20">Validating a message of 100 events (logarithmic scale, shorter is faster)</text>
${lines.join('\n')}
${bars.join('\n')}
</svg>
`;
}
