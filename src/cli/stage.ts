import type { JsonValue } from '../domain/json.js';
import type { Progress } from './progress.js';

/** 0: done · 1: done, but something needs a person (held, problems, a check that failed) · 2: operator's mistake · 70: defect of ours. */
export type ExitCode = 0 | 1 | 2 | 70;

/** What a command has of the world around it. */
export interface Stage {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT or SIGTERM: finish what is under way. */
  readonly signal: AbortSignal;
  /** Moves on a terminal, silent elsewhere. */
  readonly progress: Progress;
  /** One line to people; nothing with `--json`. */
  say(text: string): void;
  /** The result of the command: text for people, or with `--json` one JSON value. Called once. */
  show(value: JsonValue, text: () => string): void;
}

/** Options every command has. */
export interface GlobalOptions {
  readonly config: string;
  readonly json?: boolean;
}
