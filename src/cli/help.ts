const remote = '  --allow-remote       allow a host that is not this machine';
const common = `  --help, -h           show this
  --version, -v        show the version`;

/** The help of the command as a whole, and of each of its commands. */
export const help = {
  all: `Usage: mews-webhooks <command>

  check URL       play Mews against a running receiver, and find what is wrong with it
  listen          receive deliveries, and show, record or forward them
  send URL        send messages as Mews does, and measure the responses
  parse FILE|-    show what a message holds, and what to fetch for it

${common}

Exit codes: 0 all is well, 1 something was refused or failed, 2 wrong use, or a
receiver, port or file that cannot be used.
mews-webhooks <command> --help lists the options of a command.
`,
  check: `Usage: mews-webhooks check URL [options]

Plays Mews against a running receiver, such as http://127.0.0.1:3000/?Token=secret
It sends invented entities, after it has printed how many and of which EnterpriseId.

  --token T            the token to send, instead of one in the URL
  --token-parameter P  the name of its query parameter; Token by default
  --integration        Integration webhooks come to the same URL
  --only RULE          check this rule; can be repeated
  --json               print the report as JSON
  --junit FILE         write the report as JUnit XML, too
${remote}
${common}
`,
  listen: `Usage: mews-webhooks listen [options]

Receives deliveries on this machine and shows each one: the response, the events,
which of them merge, which are unknown, and what to fetch. Ctrl+C ends it.

  --port N             the port, 0 for a free one; 4000 by default
  --host H             the address to listen on; 127.0.0.1 by default
  --token T            the token to require; without it, one is drawn and shown
  --token-parameter P  the name of its query parameter; Token by default
  --forward URL        hand each webhook on, and respond with the status from there
  --record FILE        append each General webhook to this file, one on a line
  --json               print one JSON object on each line
  --allow-remote       allow a --forward to a host that is not this machine
${common}
`,
  send: `Usage: mews-webhooks send URL [options]

Sends messages as Mews does: POST, no content type, five seconds for the response.
All are of one enterprise and one integration, which it prints.

  --event D            an event with this discriminator; can be repeated
  --id ID              the Id in each --event; drawn by default
  --events N           events in a message, 0 to 10000; 3 by default
  --enterprise E       the EnterpriseId; drawn by default
  --integration I      the IntegrationId; drawn by default
  --seed N             draw the same each time
  --count N            messages, 1 to 10000; 1 by default
  --rate N             messages a second, 1 to 200; 10 by default
  --file F             instead of drawing messages, send the lines of a recording of
                       listen in their order, or a file that is one message
  --token T            the token to send, instead of one in the URL
${remote}
${common}
`,
  parse: `Usage: mews-webhooks parse FILE|-

Shows the events of a message, which of them merge, which are unknown, and the
requests that fetch every entity; or all that is wrong with it. - reads standard
input.

${common}
`,
} as const;
