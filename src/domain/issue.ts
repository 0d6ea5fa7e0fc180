/** `error` stops the listing, `warning` limits it or will soon stop it, `info` is advice. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * A complaint about a listing, an order, a setting or an account: data, not an exception. `message` says what is wrong,
 * `advice` what the merchant does about it.
 */
export interface Issue {
  readonly severity: Severity;
  /** Stable machine word: `missing_attribute`, or the channel's own code. */
  readonly code: string;
  /** Attribute concerned, in the channel's spelling. */
  readonly attribute?: string;
  /** Who complains: we, before sending, or the channel. */
  readonly origin: 'ours' | 'channel';
  readonly message: string;
  readonly advice?: string;
  /** Page of the channel that explains the rule. */
  readonly link?: string;
}

/** Whether any of the issues stops the listing. */
export function blocks(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
