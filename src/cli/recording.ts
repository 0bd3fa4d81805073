import { type FileHandle, open } from 'node:fs/promises';
import { UsageError } from './terminal.js';

/** A file that General webhooks are appended to, each as one line of JSON. */
export class Recording {
  readonly #file: FileHandle;
  // One after the other, or the lines of two deliveries could mix.
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<Recording> {
    try {
      return new Recording(await open(path, 'a'));
    } catch {
      return throwUnwritable();
    }
  }

  /** Appends a body that is JSON. Rejects with a {@link UsageError} when it cannot be written. */
  async append(body: Uint8Array): Promise<void> {
    // In JSON a line break only ever separates: without them nothing of the body is changed.
    const line = `${new TextDecoder().decode(body).replace(/[\r\n]/g, '')}\n`;
    const written = this.#last.then(() => this.#file.appendFile(line));
    this.#last = written.catch(() => {});
    await written.catch(throwUnwritable);
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }
}

function throwUnwritable(): never {
  throw new UsageError('--record: the file cannot be written');
}
