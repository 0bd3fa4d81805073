import { generalWebhookSample } from '../samples.js';
import type { WebhookPayload } from '../webhook.js';
import {
  describe,
  fresh,
  isStatus,
  pages,
  type Receiver,
  type Rule,
  seconds,
  type Verdict,
} from './rule.js';

const json = 'application/json';

/** The rules without which no message arrives. Each one that fails ends the check, or adapts it. */
export const basics: readonly Rule[] = [
  {
    id: 'redirect',
    title: 'Redirects, if at all, with 307 or 308 to a receiver',
    why: 'Mews follows 307 and 308 only. After any other redirect the message is lost.',
    fix: 'Give Mews the final URL (with https, and with or without the last slash as your router wants it), or redirect with 308 and keep the query, which holds the token.',
    docsUrl: pages.faq,
    isGate: true,
    async run({ first, redirected }) {
      if (redirected === 'no') return { status: 'pass', detail: 'no redirect' };
      const reached = redirected === 'followed' && isStatus(first, 2);
      return { status: reached ? 'pass' : 'fail', detail: `redirected: ${describe(first)}` };
    },
  },
  {
    id: 'in-time',
    title: 'Responds within 5 s',
    why: 'Mews gives up after 5 seconds, sends the message again after some minutes, and discards it in the end.',
    fix: 'Validate, store and respond; call other systems and do the work afterwards. Make sure that every path of the code ends the response.',
    docsUrl: pages.asynchronous,
    isGate: true,
    async run({ first, timeoutMs }) {
      const isLate = first.durationMs > timeoutMs;
      return {
        status: isLate ? 'fail' : 'pass',
        detail: `${describe(first)}${isLate ? `; allowed are ${seconds(timeoutMs)}` : ''}`,
      };
    },
  },
  {
    id: 'right-token',
    title: 'Accepts the right token',
    why: 'The token in the URL is all that Mews sends to prove itself. There is no signature, no HMAC and no header.',
    fix: 'Compare the token of the URL with the configured one: its value, the name of its parameter, white space at an end. If they are the same, remove what else the route checks, such as a signature, a login or CSRF middleware (verifyToken checks the token alone).',
    docsUrl: pages.faq,
    endsCheck: true,
    run: acceptsRightToken,
  },
  {
    id: 'content-type',
    title: 'Needs no content type',
    why: 'Mews promises no content type. A body parser that waits for one yields undefined, {} or 415.',
    fix: 'Read the raw body and give it to parseWebhook, or make the parser ignore the type: express.json({ type: () => true }).',
    docsUrl: pages.body,
    run: needsNoContentType,
  },
  {
    id: 'sample',
    title: 'Accepts the message of the documentation',
    why: 'It is what Mews sends. Without 2xx it is sent again, and in the end discarded.',
    fix: 'Look in the log of the receiver for the reason. It must accept an enterprise that it does not know yet. EnterpriseId and IntegrationId are properties of the message; Value holds nothing but Id.',
    docsUrl: pages.body,
    isGate: true,
    async run(receiver) {
      const { first } = receiver;
      const result = isStatus(first, 2) ? first : await receiver.post(generalWebhookSample);
      const detail = `the sample: ${describe(result)}`;
      return isStatus(result, 2) ? { status: 'pass', detail } : explain(receiver, detail);
    },
  },
];

async function acceptsRightToken(receiver: Receiver): Promise<Verdict> {
  let result = receiver.first;
  // Another content type, since the receiver may refuse a request for the lack of one.
  if (!isStatus(result, 2)) result = await receiver.post(fresh(), { contentType: json });
  const token = receiver.token === undefined ? 'no token in the URL' : 'the token of the URL';
  const detail = `${token}: ${describe(result)}`;
  if (isStatus(result, 2)) return { status: 'pass', detail };
  const status = result.kind === 'response' ? result.status : 0;
  if (status === 404 || status === 405) {
    const fix =
      'Look at the path of the URL first: there is no route for POST. A mount point, a prefix, upper case or the last slash may differ.';
    return { status: 'fail', detail, fix };
  }
  if (status !== 401 && status !== 403) {
    return { status: 'skip', detail: `${detail}; whether for the token is unknown` };
  }
  if (receiver.token === undefined) {
    const fix = 'Append ?Token=… to the URL, or pass the token (--token).';
    return { status: 'fail', detail, fix };
  }
  return { status: 'fail', detail };
}

/** Finds out by other messages why the sample is refused. */
async function explain(receiver: Receiver, detail: string): Promise<Verdict> {
  const moved = await receiver.post(withEnterpriseInValues(fresh()));
  if (!isStatus(moved, 2)) return { status: 'fail', detail: `${detail}; expected 2xx` };
  const other = await receiver.post(fresh());
  if (isStatus(other, 2)) {
    return {
      status: 'fail',
      detail: `${detail}; with other ids: ${describe(other)}`,
      fix: 'Take a message again that came before: no unique key over messages and no list of what was seen. A later update looks the same.',
    };
  }
  return {
    status: 'fail',
    detail: `${detail}; with an EnterpriseId in each Value: ${describe(moved)}`,
    fix: 'Read EnterpriseId from the message (webhook.EnterpriseId), not from event.Value: Value holds nothing but Id.',
  };
}

function withEnterpriseInValues(message: WebhookPayload): WebhookPayload {
  const { EnterpriseId, Events } = message;
  const moved = Events.map(({ Discriminator, Value }) => ({
    Discriminator,
    Value: Object.assign({ EnterpriseId }, Value),
  }));
  return { ...message, Events: moved };
}

async function needsNoContentType(receiver: Receiver) {
  const typed = { contentType: json };
  const plain = isStatus(receiver.first, 2) ? receiver.first : await receiver.post(fresh());
  if (!isStatus(plain, 2)) {
    const result = await receiver.post(fresh(), typed);
    if (!isStatus(result, 2)) {
      return { status: 'skip', detail: 'a message is refused with one as well' } as const;
    }
    receiver.contentType = json;
    const detail = `without: ${describe(plain)}; with ${json}: ${describe(result)}`;
    return { status: 'fail', detail } as const;
  }
  // A parser that yields nothing goes unnoticed where nothing is validated.
  const broken = '{"EnterpriseId":';
  const [without, result] = [await receiver.post(broken), await receiver.post(broken, typed)];
  if (isStatus(without, 2) && isStatus(result, 4)) {
    receiver.contentType = json;
    const detail = `the body is not read without one: broken JSON ${describe(without)}, and with ${json} ${describe(result)}`;
    return { status: 'fail', detail } as const;
  }
  return { status: 'pass', detail: `without: ${describe(plain)}` } as const;
}
