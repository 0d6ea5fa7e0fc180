/** How a call to a channel ended. `refused`: any other 4xx; `failed`: 5xx; `no-answer`: none came, or none that was taken. */
export type CallOutcome = 'done' | 'throttled' | 'refused' | 'failed' | 'no-answer';

/** What a process counts while it works. Labels name channels and jobs, never a SKU, an order or a person. */
export interface Meters {
  /** `skewMs`: our clock less the channel's, by its Date header; null: it told none. */
  channelCall(call: {
    readonly channel: string;
    readonly outcome: CallOutcome;
    readonly seconds: number;
    readonly skewMs: number | null;
  }): void;
  jobRun(run: { readonly job: string; readonly failed: boolean; readonly seconds: number }): void;
}

/** Counts nothing: for commands that end, and for tests. */
export const noMeters: Meters = { channelCall: () => undefined, jobRun: () => undefined };
