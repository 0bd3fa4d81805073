// Does the time of verifyToken tell how much of a wrong token is right?
//
//     npx tsx test/timing/verify-token.ts
//
// Wrong at the first character or at the last one: the two are timed in random turns, the slowest
// fifth of all samples is left out as noise of the machine, and Welch's t-test compares the rest; above
// 4.5 in magnitude the two would differ. Two controls say what the measurement is worth: a comparison
// that stops at the first difference has to be found out, and two like kinds must not differ.
import { verifyToken } from '../../src/token.js';

const samples = 40_000;
const callsPerSample = 20;
const limit = 4.5;

const secret = 'k'.repeat(500);
type Kind = 0 | 1;

/** Many strings of each kind, made in turns: of just one, its place in memory would be measured. */
function wrongTokens(places: readonly [number, number]): readonly [string[], string[]] {
  const tokens: readonly [string[], string[]] = [[], []];
  for (let count = 0; count < 1000; count++) {
    for (const kind of [0, 1] as const) {
      const letters = [...secret];
      letters[places[kind]] = String.fromCharCode(108 + Math.floor(Math.random() * 15));
      tokens[kind].push(letters.join(''));
    }
  }
  return tokens;
}

function stopsEarly(given: string): boolean {
  for (let index = 0; index < secret.length; index++) {
    if (given.charCodeAt(index) !== secret.charCodeAt(index)) return false;
  }
  return true;
}

function measure(tokens: readonly [string[], string[]], call: (token: string) => boolean): number {
  const times: { readonly kind: Kind; readonly time: number }[] = [];
  let accepted = 0;
  for (let sample = 0; sample < samples; sample++) {
    const kind: Kind = Math.random() < 0.5 ? 0 : 1;
    const start = Math.floor(Math.random() * (1000 - callsPerSample));
    const given = tokens[kind].slice(start, start + callsPerSample);
    const before = process.hrtime.bigint();
    for (const token of given) if (call(token)) accepted++;
    times.push({ kind, time: Number(process.hrtime.bigint() - before) });
  }
  if (accepted > 0) throw new Error('a wrong token was accepted');
  // The first tenth warms up.
  const warm = times.slice(samples / 10);
  const slow = warm.map(({ time }) => time).sort((a, b) => a - b)[Math.floor(warm.length * 0.8)];
  const kept = (of: Kind): number[] =>
    warm.filter(({ kind, time }) => kind === of && time <= (slow ?? 0)).map(({ time }) => time);
  return welch(kept(0), kept(1));
}

function welch(a: readonly number[], b: readonly number[]): number {
  const [one, other] = [a, b].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, error: squares / (values.length - 1) / values.length };
  });
  if (!one || !other) throw new Error('nothing was measured');
  return (one.mean - other.mean) / Math.sqrt(one.error + other.error);
}

const last = secret.length - 1;
const verify = (token: string): boolean => verifyToken(`/mews?Token=${token}`, secret);
const early = measure(wrongTokens([0, last]), stopsEarly);
const alike = measure(wrongTokens([last, last]), verify);
const token = measure(wrongTokens([0, last]), verify);

console.log(`${3 * samples * callsPerSample} calls`);
console.log(`stopping early:          t = ${early.toFixed(1)} (has to exceed ${limit})`);
console.log(`verifyToken, alike:      t = ${alike.toFixed(1)} (has to stay within ${limit})`);
console.log(`verifyToken, first/last: t = ${token.toFixed(1)} (has to stay within ${limit})`);
const sound = Math.abs(early) > limit && Math.abs(alike) <= limit;
process.exitCode = sound && Math.abs(token) <= limit ? 0 : 1;
