// Opens a page that loads the program, and prints what the page prints.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const files = {
  '/': ['text/html', '<!doctype html><script type="module" src="/program.js"></script>'],
  '/program.js': ['text/javascript', readFileSync('bundle.js')],
};
const server = createServer(({ url }, response) => {
  const [type, body] = files[url] ?? ['text/plain', ''];
  response.setHeader('Content-Type', type);
  // A page that forbids code generation from strings, as a bank's or an extension's does.
  if (process.argv.includes('--csp')) {
    response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'");
  }
  response.end(body);
}).listen(0, '127.0.0.1');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const printed = new Promise((resolve, reject) => {
    page.on('pageerror', reject);
    const lines = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') return;
      lines.push(message.text());
      // The result comes last.
      if (message.text().startsWith('{"')) resolve(lines.join('\n'));
    });
    setTimeout(reject, 30_000, new Error('the page printed nothing')).unref();
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const output = await printed;
  console.log(process.argv.includes('--version') ? browser.version() : output);
} finally {
  await browser.close();
  server.close();
}
