import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { CONFIG_NAME } from '../config/config-name.js';
import { packageRoot } from '../config/package-root.js';
import type { Action, CommandAction, CommandEntry } from './command.js';
import type { ExitCode, GlobalOptions, Stage } from './stage.js';

const EXAMPLES = `
Examples:
  omnifeed demo                            try everything offline, on simulated channels
  omnifeed init                            write a commented omnifeed.yaml
  omnifeed doctor                          check database, queue, key and every channel
  omnifeed import && omnifeed sync         catalog in, listings out
  omnifeed plan google-us --json           what would be sent, and why
  omnifeed explain google-us 00012345      why a listing has its values
  omnifeed start                           keep everything in step

Exit codes: 0 done, 1 something needs a person, 2 a mistake in a setting or on the command line, 70 a defect.`;

/** What the program needs to run commands. */
export interface ProgramParts {
  readonly commands: readonly CommandEntry[];
  /** Makes the stage for a command, once its options are known. */
  stage(options: GlobalOptions): Stage;
  done(code: ExitCode): void;
  out(text: string): void;
  err(text: string): void;
}

/** The command line: global options, help, version and the commands. Wrong use throws commander's CommanderError. */
export function buildProgram(parts: ProgramParts): Command {
  const program = new Command('omnifeed')
    .description(
      'Product feed syndication and marketplace connector: one catalog, listings kept in step, orders back.',
    )
    .version(version(), '-V, --version', 'print the version')
    .option('-c, --config <file>', 'configuration file', CONFIG_NAME)
    .option('--json', 'print the result as one JSON value')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: parts.out, writeErr: parts.err })
    .exitOverride();
  function on<Options>(action: Action<Options>): CommandAction {
    return async (...given) => {
      const command = given.at(-1) as Command;
      const options = optionsOf(command) as Options & GlobalOptions;
      const stage = parts.stage(options);
      try {
        parts.done(await action(stage, { args: command.args, options }));
      } finally {
        stage.progress.clear();
      }
    };
  }
  const entries = new Map<Command, CommandEntry>();
  for (const entry of parts.commands) {
    const command = program.command(entry.usage).description(entry.says);
    entries.set(command, entry);
    everywhere(command);
  }
  // Called once the name of the command is known, before its own options are read.
  program.hook('preSubcommand', async (_program, command) => {
    const add = await entries.get(command)?.load();
    add?.(command, on);
    for (const inner of command.commands) everywhere(inner);
  });
  return program;
}

/** Global options may also stand behind the command's name. Subcommands take over how errors are told. */
function everywhere(command: Command): void {
  command
    .option('-c, --config <file>', 'configuration file')
    .option('--json', 'print the result as one JSON value')
    .helpCommand(false);
  for (const inner of command.commands) everywhere(inner);
}

/** Options of a command and of those above it; what stands nearer to the command counts (commander would let the global default win). */
function optionsOf(command: Command): object {
  return { ...(command.parent ? optionsOf(command.parent) : {}), ...command.opts() };
}

/** Version of the package. */
export function version(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version);
}
