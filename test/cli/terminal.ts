import { run } from '../../src/cli/run.js';

export interface Setting {
  readonly stdin?: string;
  readonly isTTY?: boolean;
  readonly env?: Record<string, string>;
  readonly interrupted?: Promise<void>;
  /** Receives all that was printed so far, whenever something is. */
  readonly onOut?: (out: string) => void;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, and collects what it prints. */
export async function cli(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const { stdin, isTTY, env = {}, interrupted = Promise.resolve(), onOut } = setting;
  let out = '';
  let err = '';
  async function* input() {
    if (stdin === undefined) throw new Error('no input');
    yield Buffer.from(stdin);
  }
  const code = await run(args, {
    stdin: input(),
    stdout: {
      isTTY,
      columns: isTTY ? 80 : undefined,
      write: (text) => {
        out += text;
        onOut?.(out);
      },
    },
    stderr: { isTTY, write: (text) => (err += text) },
    env,
    interrupted: () => interrupted,
  });
  return { code, out, err };
}

/** Starts `listen` on a free port, and returns once it has printed its address. */
export async function startListen(args: readonly string[] = [], setting: Setting = {}) {
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  let printed = '';
  const waiting = new Set<() => void>();
  const until = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(printed)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const outcome = cli(['listen', '--port', '0', ...args], {
    ...setting,
    interrupted,
    onOut(out) {
      printed = out;
      for (const look of waiting) look();
    },
  });
  await Promise.race([until(/http:\S+/), outcome]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour ends the URL
  const [url = ''] = /http:[^\s"\u001b]+/.exec(printed) ?? [];
  return {
    url,
    until,
    out: () => printed,
    end(): Promise<Outcome> {
      interrupt();
      return outcome;
    },
  };
}
