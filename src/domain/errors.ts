/** Who must act before the same call can succeed. */
export type Owner = 'operator' | 'channel' | 'us';

/**
 * What became of a call that failed.
 * `not-sent`: nothing reached the far side · `ambiguous`: it may or may not have been applied · `refused`: certainly not
 * applied, repeating it unchanged is pointless · `throttled`: not applied, wait · `auth-lost`: credentials no longer work.
 */
export type FailureKind = 'not-sent' | 'ambiguous' | 'refused' | 'throttled' | 'auth-lost';

interface Facts {
  /** Stable machine word, `snake_case`; documented, never reused for something else. */
  readonly code: string;
  readonly owner: Owner;
  /** One sentence for the person who must act. */
  readonly advice: string;
  readonly cause?: unknown;
}

/** A failure with a stable code, an owner and advice. Rejections of listings are `Issue`s, not errors. */
export class OmnifeedError extends Error {
  readonly code: string;
  readonly owner: Owner;
  readonly advice: string;

  constructor(message: string, facts: Facts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.code = facts.code;
    this.owner = facts.owner;
    this.advice = facts.advice;
  }
}

/** The operator's mistake: a setting, a file, a command line. Shown without a stack trace; exit code 2. */
export class OperatorError extends OmnifeedError {
  constructor(code: string, message: string, advice: string, cause?: unknown) {
    super(message, { code, owner: 'operator', advice, cause });
  }
}

/** A call to a channel or storefront that failed as a whole. Thrown by connectors; classified in one table. */
export class ChannelError extends OmnifeedError {
  readonly kind: FailureKind;
  /** The channel's own hint how long to wait. */
  readonly againInMs: number | null;
  /** The channel's request id, for its support. */
  readonly requestId: string | null;

  constructor(
    message: string,
    facts: Facts & {
      readonly kind: FailureKind;
      readonly againInMs?: number | null;
      readonly requestId?: string | null;
    },
  ) {
    super(message, facts);
    this.kind = facts.kind;
    this.againInMs = facts.againInMs ?? null;
    this.requestId = facts.requestId ?? null;
  }
}

/** A broken promise of our own code: numbers that do not add up, a state that cannot be. Exit code 70. */
export class InvariantError extends OmnifeedError {
  constructor(message: string, cause?: unknown) {
    super(message, {
      code: 'invariant_broken',
      owner: 'us',
      advice:
        'This is a defect of Omnifeed. Nothing more is sent in this run; please report it with the log.',
      cause,
    });
  }
}
