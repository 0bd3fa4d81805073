/** The result of one rule. It holds neither the URL nor the token. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** `warn`: nothing that stops a message; `skip`: not known, or not asked for. */
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  /** What happened. */
  readonly detail: string;
  /** What it leads to in production. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** The page of the Mews documentation that it follows from. */
  readonly docsUrl: string;
}

/** The result of a check. */
export interface CheckReport {
  /** Whether no rule failed. */
  readonly ok: boolean;
  readonly results: readonly CheckResult[];
}
