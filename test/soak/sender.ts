// Delivers messages as Mews does: POST without a content type, the secret in the URL, 5 seconds to
// respond, and another delivery later for what was not answered with 2xx. Minutes are seconds here.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { between, pick, type Random } from './random.js';
import type { Message } from './world.js';

const mostDeliveries = 100;

export class Sender {
  /** Events of deliveries that were answered with 2xx. */
  events = 0;
  messages = 0;
  redeliveries = 0;
  discarded = 0;
  readonly statuses = new Map<number, number>();
  longestWaitMs = 0;
  readonly #waiting = new Set<Promise<void>>();
  readonly #receivers: readonly string[];
  readonly #random: Random;

  constructor(receivers: readonly string[], random: Random) {
    this.#receivers = receivers;
    this.#random = random;
  }

  send(message: Message): void {
    this.messages++;
    const delivery = this.#deliver(message).finally(() => this.#waiting.delete(delivery));
    this.#waiting.add(delivery);
  }

  /** Resolves when every message is accepted or discarded. */
  async settled(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.all(this.#waiting);
  }

  async #deliver(message: Message): Promise<void> {
    const random = this.#random;
    // Messages overtake each other.
    await sleep(between(random, 0, 200));
    for (let delivery = 0; delivery < mostDeliveries; delivery++) {
      if (delivery > 0) this.redeliveries++;
      const misses = random() < 0.05;
      const start = Date.now();
      const status = await post(pick(random, this.#receivers), JSON.stringify(message));
      this.longestWaitMs = Math.max(this.longestWaitMs, Date.now() - start);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status >= 200 && status < 300) {
        this.events += message.Events.length;
        // The receiver has answered, but the response is lost on its way: the message comes again.
        if (!misses) return;
      }
      await sleep(between(random, 500, 2000));
    }
    this.discarded++;
  }
}

/** Gives the status, 0 for no response within 5 seconds. */
function post(url: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    const timer = setTimeout(() => sent.destroy(), 5000);
    sent.on('error', () => resolve(0));
    sent.on('close', () => {
      clearTimeout(timer);
      resolve(0);
    });
    sent.end(body);
  });
}
