import type { EntityName } from '../../fetch/rows.js';
import { isObject, type JsonObject } from '../../json.js';

/** One request that the mock received. It holds no token. */
export interface RecordedRequest {
  /** When it came, by the clock of the mock. */
  readonly at: number;
  readonly method: string;
  /** The path, without a query. */
  readonly path: string;
  /** What it was to fetch; `null` for a path that does not exist. */
  readonly entity: EntityName | null;
  /** The integration whose access token it carried; `null` for none that the mock knows. */
  readonly integrationId: string | null;
  /** The JSON body without its tokens; `null` when it is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** The status of the response; `null` when none was sent. */
  readonly status: number | null;
  /** The rows of the response. */
  readonly rows: readonly { readonly Id: string; readonly [property: string]: unknown }[];
  /** What the response holds as `Request-Id`. */
  readonly requestId: string;
}

/** Takes the tokens out of what is recorded, wherever a client has put them. */
export class Redactor {
  readonly #secrets: readonly string[];

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  text(text: string): string {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '…'), text);
  }

  /** The body without the properties for tokens; `null` when it is not a JSON object. */
  body(text: string | undefined): JsonObject | null {
    try {
      const body: unknown = JSON.parse(text ?? '', (name, value) => {
        if (name === 'ClientToken' || name === 'AccessToken') return undefined;
        return typeof value === 'string' ? this.text(value) : value;
      });
      return isObject(body) ? body : null;
    } catch {
      return null;
    }
  }
}
