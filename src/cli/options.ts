import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './terminal.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * The options of a command and its only argument; `null` for a command without one. Throws a {@link UsageError}
 * without their values.
 */
export function readOptions<O extends Options>(
  args: readonly string[],
  argument: string | null,
  options: O,
) {
  const { values, positionals } = parse(args, options);
  const [positional = '', ...more] = positionals;
  if (argument === null) {
    if (positionals.length > 0) throw new UsageError('expected options only');
  } else if (positional === '') {
    throw new UsageError(`${argument} is missing`);
  }
  if (more.length > 0) throw new UsageError(`expected one ${argument}, and got more`);
  return { values, positional };
}

function parse<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // What is thrown can quote a value, so only the name of the option is taken of it.
    const [name] = [...String(error).matchAll(/'(--?[\w-]+)/g)].map(([, option]) => option);
    throw new UsageError(`${name} is not known, lacks its value or takes none`);
  }
}

/** A whole number within bounds. */
export function readNumber(
  name: string,
  text: string | undefined,
  [min, max]: readonly [number, number],
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(`${name}: expected whole number from ${min} to ${max}`);
}
