// Times candidates against each other: interleaved, in a random order each round, results kept.

/** What the candidates returned last, so that the optimiser can't leave their work out. */
export const kept = [];

/** What a round takes that nothing disturbed: other work on the machine makes some slower, and none faster. */
export const lowerQuartile = (times) => times.toSorted((a, b) => a - b)[times.length >> 2];

/** Nanoseconds of CPU, which other processes of the machine disturb less than the clock. */
export function timeOf(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

/**
 * The lower quartile of the nanoseconds per input of each candidate. A candidate is its function, or the function and
 * its own inputs.
 */
export function measure(candidates, inputs, rounds) {
  const runs = Object.entries(candidates).map(([name, candidate]) => {
    const [run, own = inputs] = Array.isArray(candidate) ? candidate : [candidate];
    return { name, inputs: own, pass: passOf(run), times: [] };
  });
  const warmUp = Math.ceil(rounds / 4);
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const run of shuffle(runs)) {
      const time = timeOf(() => run.pass(run.inputs, kept)) / run.inputs.length;
      if (round >= warmUp) run.times.push(time);
    }
  }
  return Object.fromEntries(runs.map(({ name, times }) => [name, lowerQuartile(times)]));
}

/** A loop of its own for each candidate: a shared one would call them all through one slow site. */
function passOf(run) {
  return new Function(
    'run',
    'return (inputs, kept) => { for (let i = 0; i < inputs.length; i++) kept[i & 1023] = run(inputs[i]); }',
  )(run);
}

function shuffle(list) {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}
