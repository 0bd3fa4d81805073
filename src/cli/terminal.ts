/** What a command needs of a stream to print on. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Where a command reads and prints. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves once the user ends the command (Ctrl+C). */
  readonly interrupted: () => Promise<void>;
}

/** A command that was used in a wrong way: one line for people, and exit code 2. */
export class UsageError extends Error {}

/** What may be printed of an error: the messages of these hold no value, of any other nothing is known. */
export function messageOf(error: unknown): string {
  const isOwn = error instanceof UsageError || error instanceof TypeError;
  return isOwn ? error.message : 'failed unexpectedly';
}

const codes = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1 } as const;

/** A name of a colour, or bold. */
export type Style = keyof typeof codes;

/** Gives text a style. */
export type Paint = (style: Style, text: string) => string;

/** Paints text for an output: only on a terminal, and not with `NO_COLOR`. */
export function painter(output: Output, env: Terminal['env']): Paint {
  const plain = output.isTTY !== true || (env.NO_COLOR ?? '') !== '';
  return (style, text) => (plain ? text : `\u001b[${codes[style]}m${text}\u001b[0m`);
}

/** A line that each text replaces, on a terminal; nothing elsewhere. */
export function progressLine(output: Output): (text: string) => void {
  return (text) => {
    if (output.isTTY === true) {
      output.write(`\r\u001b[K${text.slice(0, (output.columns ?? 80) - 1)}`);
    }
  };
}

/** Text from a stranger as a terminal may show it: nothing that steers it, and not without end. */
export function printable(text: string): string {
  const shown = escapeControls(text.slice(0, 100));
  return text.length > 100 ? `${shown}…` : shown;
}

/** Writes the characters that steer a terminal, or reorder a line, as JSON would escape them. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Breaks text between words into lines of a width. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
