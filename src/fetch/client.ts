/** The `AbortSignal` of the runtime, as far as its types are there. */
export type FetchSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      addEventListener(type: 'abort', listener: () => void): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };

/** What a request is sent with. */
export interface FetchInit {
  readonly method: 'POST';
  readonly headers: { readonly 'Content-Type': 'application/json' };
  /** JSON text that holds the credentials: not for a log. */
  readonly body: string;
  /** A redirect is not followed, since the request carries credentials. */
  readonly redirect: 'manual';
  readonly signal: FetchSignal;
}

/** What is read of a response. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): PromiseLike<string>;
}

/**
 * A function of the shape of `fetch`: the global one, that of `undici`, `ky`. An error that it throws
 * for a status counts as that response when it holds it as `response`, and what it has read of the body
 * as `data`, as `ky`'s `HTTPError` does.
 */
export type FetchFunction = (url: string, init: FetchInit) => PromiseLike<FetchResponse>;
