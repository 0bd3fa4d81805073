import type { RefusalReason } from '../http/node.js';
import type { WebhookParseError } from '../index.js';
import type { AnyWebhook } from '../integration/index.js';
import type { FailureReason } from '../testing/failure.js';
import { describeError, describeWebhook, summarizeWebhook } from './describe.js';
import { escapeControls, painter, type Terminal } from './terminal.js';

/** What there is to print of a delivery. It holds no token. */
export interface Handled {
  readonly at: Date;
  /** `null`: the sender went away and got none. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly webhook: AnyWebhook | null;
  readonly refusal: {
    readonly reason: RefusalReason;
    readonly error: WebhookParseError | null;
  } | null;
  /** The status of the forward, or why it has none; `null` when nothing was forwarded. */
  readonly forwarded: number | FailureReason | null;
  /** What went wrong on this side. */
  readonly problem: string | null;
}

/** Prints the output of `listen`. */
export interface ListenPrinter {
  address(url: string, holdsToken: boolean): void;
  delivery(handled: Handled): void;
  summary(): void;
}

const refusals: Readonly<Record<RefusalReason, string>> = {
  method: 'refused: only POST is accepted',
  token: 'refused: the token is missing or wrong',
  too_large: 'refused: the body is larger than 1 MiB',
  timeout: 'refused: the body was not complete in time',
  encoding: 'refused: the body is compressed',
  aborted: 'the sender closed the connection before the body was complete',
  invalid: 'refused: the body is not a webhook',
};

const failures: Readonly<Record<FailureReason, string>> = {
  timeout: 'no response in time',
  unreachable: 'no connection; does it run, and on this host and port?',
  tls: 'no TLS connection; is its certificate trusted?',
  closed: 'it closed the connection without a whole response',
  endless: 'its response does not end',
};

/** Prints for people, or one JSON object per line for programs. */
export function printerFor({ stdout, env }: Terminal, asJson: boolean): ListenPrinter {
  const counts = new Map<string, number>();
  let events = 0;
  const write = (lines: readonly string[]) => void stdout.write(`${lines.join('\n')}\n`);
  const writeJson = (value: object) => write([escapeControls(JSON.stringify(value))]);
  const note = ({ status, webhook }: Handled) => {
    const outcome = `${status ?? 'without a response'}`;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (webhook?.kind === 'general') {
      events += webhook.webhook.Events.length + webhook.webhook.UnknownEvents.length;
    }
  };
  const deliveries = () => [...counts.values()].reduce((sum, count) => sum + count, 0);

  if (asJson) {
    return {
      address: (url) => writeJson({ url }),
      delivery(handled) {
        note(handled);
        const { at, durationMs, webhook, refusal, ...rest } = handled;
        writeJson({
          at: at.toISOString(),
          ...rest,
          durationMs: Number(durationMs.toFixed(1)),
          webhook: webhook && summarizeWebhook(webhook),
          refusal,
        });
      },
      summary: () =>
        writeJson({ deliveries: deliveries(), statuses: Object.fromEntries(counts), events }),
    };
  }

  const paint = painter(stdout, env);
  return {
    address(url, holdsToken) {
      const without = holdsToken ? '' : ' with the token given';
      write([`Listening on ${paint('bold', url)}${without}`, 'Ctrl+C ends it.', '']);
    },
    delivery(handled) {
      note(handled);
      const { at, status, durationMs, webhook, refusal, forwarded, problem } = handled;
      const isOk = status !== null && status >= 200 && status < 300;
      const lines = [
        [
          at.toISOString().slice(11, 23),
          paint(isOk ? 'green' : 'red', `${status ?? '---'}`),
          paint('grey', `${durationMs.toFixed(1)} ms`),
        ].join('  '),
      ];
      if (refusal) lines.push(refusals[refusal.reason]);
      if (refusal?.error) lines.push(...describeError(refusal.error, paint));
      if (problem !== null) lines.push(paint('red', problem));
      if (typeof forwarded === 'number') lines.push(`--forward: its response is ${forwarded}`);
      else if (forwarded !== null) lines.push(paint('red', `--forward: ${failures[forwarded]}`));
      if (webhook) lines.push(...describeWebhook(webhook, paint));
      write([...lines, '']);
    },
    summary() {
      const statuses = [...counts].map(([status, count]) => `${count} × ${status}`);
      const list = statuses.length > 0 ? `: ${statuses.join(', ')}` : '';
      const noun = deliveries() === 1 ? 'delivery' : 'deliveries';
      write(['', `${deliveries()} ${noun}${list}; ${events} events`]);
    },
  };
}
