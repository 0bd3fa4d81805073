import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the folders differ in nothing but the queue', () => {
  const shared = ['batch.ts', 'dead-letters.ts', 'log.ts', 'receive.ts', 'receiver.ts'];
  shared.push('settings.ts', 'tsconfig.json', 'worker.ts', '.npmrc');
  const read = (folder: string, file: string) => readFileSync(`examples/${folder}/${file}`, 'utf8');
  for (const file of shared) {
    for (const folder of ['queues/bullmq', 'queues/pg-boss']) {
      expect([folder, file, read(folder, file)]).toEqual([
        folder,
        file,
        read('queues/sqlite', file),
      ]);
    }
  }
  for (const file of ['batch.ts', 'log.ts', 'tsconfig.json', '.npmrc']) {
    expect(read('integration', file)).toBe(read('queues/sqlite', file));
  }
});
