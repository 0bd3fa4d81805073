/** What kind of sender wrote a message. */
export type SenderDiscriminator = 'Enterprise' | 'Application' | (string & {});

/** Who wrote a message. */
export interface Sender {
  /** The kind of sender. */
  readonly Discriminator: SenderDiscriminator;
  /** More about the sender; its shape depends on the kind. */
  readonly Value?: unknown;
}

/**
 * A row of `Message`, as documented 2026-08-07. Times are text in ISO 8601, UTC. A row can hold more
 * than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/messages#get-all-messages
 */
export interface Message {
  /** Identifier of the message: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the thread that it belongs to. */
  readonly MessageThreadId: string;
  /** What was written. */
  readonly Text: string;
  /** Who wrote it. */
  readonly Sender: Sender;
  /** When it was written. */
  readonly CreatedUtc: string;
}
