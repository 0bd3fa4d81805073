// Requests per second of the Node handler beside a bare server and two peers: the same payload, the
// same run, one server a process, in turns. `npm run bench -- http`
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { secret, servers } from './servers.mjs';

// Many short rounds: what else the machine does is then the same for the servers of one round.
const rounds = Number(process.env.ROUNDS ?? 60);
const requests = Number(process.env.REQUESTS ?? 1000);
const warmUp = Math.ceil(8000 / requests);
const connections = 8;
const pipelined = 8; // the client costs less than the server, which is what is measured

const body = JSON.stringify({
  EnterpriseId: '851df8c8-90f2-4c4a-8e01-a4fc46b25178',
  IntegrationId: 'c8bee838-7fb1-4f4e-8fac-ac87008b2f90',
  Events: Array.from({ length: 6 }, (_, index) => ({
    Discriminator: 'ServiceOrderUpdated',
    Value: { Id: `bfee2c44-1f84-4326-a862-5289598f6e2${index}` },
  })),
});

const median = (values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Posts `count` requests over one connection, and throws when one is not answered 2xx. */
async function post(port, request, count) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  let waiting = 0;
  let left = count;
  let tail = '';
  const send = () => {
    waiting = Math.min(pipelined, left);
    left -= waiting;
    if (waiting === 0) socket.destroy();
    else socket.write(request.repeat(waiting));
  };
  socket.on('data', (chunk) => {
    const seen = tail + chunk;
    tail = seen.slice(-12);
    // Each status line counts once: the tail is too short to hold a whole one and its code.
    const statuses = seen.match(/HTTP\/1\.1 \d{3} /g) ?? [];
    if (statuses.some((status) => status[9] !== '2')) socket.destroy(new Error(String(statuses)));
    waiting -= statuses.length;
    if (waiting === 0) send();
  });
  send();
  await once(socket, 'close');
}

const children = await Promise.all(
  Object.entries(servers).map(async ([name, { headers }]) => {
    const child = fork(new URL('./servers.mjs', import.meta.url), [name]);
    const [port] = await once(child, 'message');
    const fields = { host: 'localhost', 'content-length': body.length, ...headers(body) };
    const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}`);
    const request = `POST /mews?Token=${secret} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
    return { name, child, port, request, rates: [], cpu: [] };
  }),
);

async function measure({ child, port, request }) {
  const cpu = async () => {
    child.send('cpu');
    const [{ user, system }] = await once(child, 'message');
    return user + system;
  };
  const before = await cpu();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, () => post(port, request, requests / connections)),
  );
  const rate = (requests / (performance.now() - begun)) * 1000;
  return { rate, cpu: ((await cpu()) - before) / requests };
}

for (let round = -warmUp; round < rounds; round++) {
  // To and fro: none is always the one after the other.
  for (const server of round % 2 === 0 ? children : [...children].reverse()) {
    const { rate, cpu } = await measure(server);
    if (round < 0) continue;
    server.rates.push(rate);
    server.cpu.push(cpu);
  }
}
const [bare] = children;
console.log(
  `Node ${process.version}, ${rounds} rounds of ${requests} requests, ${body.length} bytes each`,
);
for (const { name, rates, cpu, child } of children) {
  const ratio = (own, theirs = []) =>
    median(own.map((value, index) => value / (theirs[index] ?? Number.NaN))).toFixed(3);
  console.log(
    `${Math.round(median(rates)).toString().padStart(6)}/s  ${ratio(rates, bare?.rates)} of bare  ` +
      `${median(cpu).toFixed(1)} µs CPU each (${ratio(cpu, bare?.cpu)})  ${name}`,
  );
  child.disconnect();
}
