/**
 * How a person connects a channel, step by step. Menu paths and words of the channel's own site change without notice: they are data of the
 * connector, each with the month somebody last read it there.
 */
export interface ConnectGuide {
  /** What one must have before it is worth to begin. A sentence. */
  readonly needs: string;
  /** How long it takes: `about 20 minutes`. */
  readonly takes: string;
  /** What the channel cannot do, where people expect it; null: nothing of that kind. */
  readonly limits: string | null;
  /** Orders come back from it: the wizard asks where they are placed. */
  readonly sells?: true;
  readonly steps: readonly GuideStep[];
}

/** One step of a guide. */
export interface GuideStep {
  /** Kebab-case; part of the page's address. */
  readonly id: string;
  readonly title: string;
  /** What to do, one sentence or two per entry. */
  readonly says: readonly string[];
  /** Names of settings asked for here, in this order. */
  readonly fields: readonly string[];
  /** Why it is asked, in three lines at most. */
  readonly why: string;
  /** Where on the channel's own site; null: nothing is done there. */
  readonly where: GuidePlace | null;
  /** Whether the channel is asked what it thinks of this step, before going on. */
  readonly check: boolean;
  /** A channel action without parameters whose answer is shown here, to be copied to the channel's site. */
  readonly shows?: string;
  /** A channel action to take here, with its parameters asked for. */
  readonly action?: string;
}

/** A place on the channel's own site. */
export interface GuidePlace {
  /** `Merchant Center › Settings › Access and services › People`. */
  readonly path: string;
  /** Month in which the path was last read in the channel's documents: `2026-11`. */
  readonly verified: string;
}
