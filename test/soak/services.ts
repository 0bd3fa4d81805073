// Redis and PostgreSQL on loopback, each in a folder of its own. Debian packages: redis-server,
// postgresql.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from '../support.js';
import { type Command, type Environment, Process, until } from './processes.js';

export interface Service {
  /** How the examples reach it. */
  readonly env: Environment;
  /** Kills it as a power cut would, and starts it again on what is on the disk. */
  readonly crash: (downMs: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startRedis(folder: string): Promise<Service> {
  const port = await freePort();
  // With `appendfsync always` an answered command is on the disk.
  const settings = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const command = { file: 'redis-server', args: [...where, ...settings] };
  return start(command, port, { REDIS_PORT: String(port) }, 'SIGTERM');
}

export async function startPostgres(folder: string): Promise<Service> {
  const port = await freePort();
  const versions = '/usr/lib/postgresql';
  const version = existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined;
  if (version === undefined) throw new Error('PostgreSQL is not installed: apt install postgresql');
  const bin = `${versions}/${version}/bin`;
  const data = `${folder}/data`;
  mkdirSync(data);
  // The server refuses to run as root.
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  if (user) {
    chownSync(folder, user.uid, user.gid);
    chownSync(data, user.uid, user.gid);
  }
  const setUp = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C'];
  execFileSync(`${bin}/initdb`, setUp, { ...user, cwd: folder, stdio: 'ignore' });
  const where = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
  const command = { file: `${bin}/postgres`, args: where, cwd: folder, ...user };
  // Not SIGINT, which waits for nobody either but lets backends clean up.
  const env = {
    PGHOST: '127.0.0.1',
    PGPORT: String(port),
    PGUSER: 'postgres',
    PGDATABASE: 'postgres',
  };
  return start(command, port, env, 'SIGINT');
}

async function start(
  command: Command,
  port: number,
  env: Environment,
  stopSignal: NodeJS.Signals,
): Promise<Service> {
  const service = new Process(command);
  const up = async () => {
    await until(`${command.file} listens`, 60_000, () => {
      // PostgreSQL ends when what was killed before still holds its memory.
      if (service.hasEnded) service.start();
      return listens(port);
    }).catch((error) => {
      throw new Error(`${error.message}\n${service.complaints}`);
    });
  };
  await up();
  return {
    env,
    async crash(downMs) {
      await service.end('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await up();
    },
    stop: () => service.end(stopSignal),
  };
}

export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function idsOf(user: string): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
