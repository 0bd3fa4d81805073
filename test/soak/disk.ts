// A small disk that can be full: a tmpfs, which takes root and Linux.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Disk {
  readonly folder: string;
  /** Leaves no byte free for so long. */
  readonly fill: (ms: number) => Promise<void>;
  readonly unmount: () => void;
}

/** Resolves to `undefined` where nothing may be mounted. */
export function mountDisk(parent: string): Disk | undefined {
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill(ms) {
      try {
        for (let size = 2 ** 22; size > 0; ) {
          try {
            appendFileSync(ballast, Buffer.alloc(size));
          } catch {
            size = Math.floor(size / 4);
          }
        }
        await sleep(ms);
      } finally {
        rmSync(ballast, { force: true });
      }
    },
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
  };
}
