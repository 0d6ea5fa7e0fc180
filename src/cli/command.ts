import type { Command } from 'commander';
import type { ExitCode, GlobalOptions, Stage } from './stage.js';

/** What a command does: its own options and arguments come parsed; the exit code is the answer. */
export type Action<Options> = (
  stage: Stage,
  call: { readonly args: readonly string[]; readonly options: Options & GlobalOptions },
) => Promise<ExitCode>;

/** Adds one command to the program. One file per command exports one of these. */
export type AddCommand = (program: Command, on: <Options>(action: Action<Options>) => CommandAction) => void;

/** What commander calls: arguments, options and the command itself. */
export type CommandAction = (...given: unknown[]) => Promise<void>;
