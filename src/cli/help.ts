const confirm = '  --allow-remote   allow a host that is not this machine';
const common = `  --help, -h           show this
  --version, -v        show the version`;

/** The help of the command as a whole, and of each of its commands. */
export const help = {
  all: `Usage: mews-webhooks <command>

  check URL       play Mews against a running receiver, and find what is wrong with it
  send URL        send messages as Mews does, and measure the answers
  parse FILE|-    show what a message holds, and what to fetch for it

${common}

Exit codes: 0 all is well, 1 the answer is no, 2 wrong use or nothing to talk to.
mews-webhooks <command> --help tells more.
`,
  check: `Usage: mews-webhooks check URL [options]

Plays Mews against a receiver that runs, such as http://127.0.0.1:3000/?Token=secret

  --token T            the token to send, in the place of one in the URL
  --token-parameter P  the name of its query parameter; Token by default
  --integration        Integration webhooks come to the same URL
  --only RULE          check this rule; can be repeated
  --json               print the report as JSON
  --junit FILE         write the report as JUnit XML, too
${confirm}
${common}
`,
  send: `Usage: mews-webhooks send URL [options]

Sends messages as Mews does: POST, no content type, five seconds for the answer.

  --events N           events in a message, 0 to 10000; 3 by default
  --count N            messages, 1 to 10000; 1 by default
  --rate N             messages a second, 1 to 200; 10 by default
  --file F             send this file instead, as it is
  --token T            the token to send, in the place of one in the URL
${confirm}
${common}
`,
  parse: `Usage: mews-webhooks parse FILE|-

Shows the events of a message, which of them are merged, which are unknown, and the requests that
fetch every entity. - reads standard input.

${common}
`,
} as const;
