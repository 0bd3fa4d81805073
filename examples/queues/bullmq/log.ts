/** What to log of an error: nothing but its message, since what drivers add to it can hold rows. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  // Node.js gives no message to the error of several addresses that all refuse a connection.
  const reason = error instanceof AggregateError ? error.errors[0] : undefined;
  const text = error.message === '' && reason instanceof Error ? reason.message : error.message;
  return `${error.name}: ${text}`;
}
