// Processes of the soak, each ended by its own id.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export type Environment = Readonly<Record<string, string>>;

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Environment;
  readonly uid?: number;
  readonly gid?: number;
}

/** A process that can be killed and started again. */
export class Process {
  readonly #command: Command;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stderr = '';

  constructor(command: Command) {
    this.#command = command;
  }

  start(): void {
    const { file, args, env, ...options } = this.#command;
    const child = spawn(file, args, {
      ...options,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (data) => {
      this.#stderr = `${this.#stderr}${data}`.slice(-2000);
    });
    child.on('error', (error) => {
      this.#stderr += error.message;
    });
    this.#ended = new Promise((resolve) => {
      child.once('close', () => resolve());
    });
    this.#child = child;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal);
    await this.#ended;
  }

  /** Ends it as a deployment does, and starts it again; resolves to whether it ended by itself, in time. */
  async restart(patienceMs: number): Promise<boolean> {
    const child = this.#child;
    child?.kill('SIGTERM');
    const timer = setTimeout(() => child?.kill('SIGKILL'), patienceMs);
    await this.#ended;
    clearTimeout(timer);
    this.start();
    return child?.signalCode !== 'SIGKILL';
  }

  get hasEnded(): boolean {
    const child = this.#child;
    return child === undefined || child.exitCode !== null || child.signalCode !== null;
  }

  /** The last lines that it wrote about what went wrong. */
  get complaints(): string {
    return this.#stderr;
  }
}

/** Runs a TypeScript file in a Node.js process of its own, so that a signal reaches it. */
export function script(path: string, cwd: string, env: Environment, ...args: string[]): Command {
  return { file: process.execPath, args: ['--import', 'tsx', path, ...args], cwd, env };
}

/** Runs a command to its end and gives what it printed. */
export async function output({ file, args, env, ...options }: Command): Promise<string> {
  const { stdout } = await promisify(execFile)(file, [...args], {
    ...options,
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

export async function until(what: string, ms: number, holds: () => Promise<boolean> | boolean) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(100)) {
    if (await holds()) return;
  }
  throw new Error(`Waited ${ms} ms in vain: ${what}`);
}
