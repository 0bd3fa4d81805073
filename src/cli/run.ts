import manifest from '../../package.json' with { type: 'json' };
import { check } from './check.js';
import { help } from './help.js';
import { listen } from './listen.js';
import { parse } from './parse.js';
import { send } from './send.js';
import { messageOf, type Terminal } from './terminal.js';

const commands = { check, listen, send, parse };

/**
 * Runs a command. Never throws: wrong use, and a receiver, port or file that cannot be
 * used, is one line on standard error.
 *
 * @returns The exit code: 0 all is well, 1 something was refused or failed, 2 wrong use.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal;
  const [name = '', ...rest] = args;
  if (args.includes('--version') || args.includes('-v')) {
    stdout.write(`${manifest.version}\n`);
    return 0;
  }
  const isHelp = args.includes('--help') || args.includes('-h');
  if (!isCommand(name)) {
    (isHelp ? stdout : stderr).write(help.all);
    return isHelp ? 0 : 2;
  }
  if (isHelp) {
    stdout.write(help[name]);
    return 0;
  }
  try {
    return await commands[name](rest, terminal);
  } catch (error) {
    stderr.write(`mews-webhooks ${name}: ${messageOf(error)}\n`);
    return 2;
  }
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}
