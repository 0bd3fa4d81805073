// Times candidates against each other: interleaved, in a random order each round, results kept.

/** What the candidates returned last, so that the optimiser can't leave their work out. */
export const kept = [];

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/**
 * The median nanoseconds per input of each candidate. A candidate is its function, or the function and
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
      const start = process.hrtime.bigint();
      run.pass(run.inputs, kept);
      const time = Number(process.hrtime.bigint() - start) / run.inputs.length;
      if (round >= warmUp) run.times.push(time);
    }
  }
  return Object.fromEntries(runs.map(({ name, times }) => [name, median(times)]));
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
