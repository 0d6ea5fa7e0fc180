import type { Command } from 'commander';
import type { ExitCode, GlobalOptions, Stage } from './stage.js';

/** What a command does: its own options and arguments come parsed; the exit code is the answer. */
export type Action<Options> = (
  stage: Stage,
  call: { readonly args: readonly string[]; readonly options: Options & GlobalOptions },
) => Promise<ExitCode>;

/** Completes a command: its options, its subcommands and what it does. One file per command exports one of these. */
export type AddCommand = (command: Command, on: <Options>(action: Action<Options>) => CommandAction) => void;

/** What is known of a command before it is called. */
export interface CommandEntry {
  /** Its name, then its arguments: `plan <channel>`. */
  readonly usage: string;
  /** What it does, in one line of the help. */
  readonly says: string;
  /** Brings it into the process, with everything it works with. */
  load(): Promise<AddCommand>;
}

/** What commander calls: arguments, options and the command itself. */
export type CommandAction = (...given: unknown[]) => Promise<void>;
