import { CommanderError } from 'commander';
import type { JsonValue } from '../domain/json.js';
import { commands } from './commands.js';
import { describeFailure, exitCodeOf, STOPPED } from './failure.js';
import { buildProgram } from './program.js';
import { type Terminal, terminalProgress } from './progress.js';
import type { ExitCode, GlobalOptions, Stage } from './stage.js';

/** Where a run of the command line takes place. */
export interface RunPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly out: Terminal;
  readonly err: Terminal;
}

/**
 * Runs one command line, without the program's own name. Everything that goes wrong becomes an exit code and a message:
 * an operator's mistake is told without a stack trace, a defect with it.
 */
export async function run(args: readonly string[], place: RunPlace): Promise<ExitCode> {
  const json = args.includes('--json');
  if (place.signal.aborted) return stopped(place, json);
  let code: ExitCode = 0;
  const program = buildProgram({
    commands,
    stage: (options) => stageOf(options, place),
    done: (result) => {
      code = result;
    },
    out: (text) => void place.out.write(text),
    err: (text) => void (json ? undefined : place.err.write(text)),
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (place.signal.aborted && error === place.signal.reason) return stopped(place, json);
    return told(error, place, json);
  }
}

/** Ctrl-C is no mistake of anybody: what was done is kept, the rest is done next time. */
function stopped(place: RunPlace, json: boolean): ExitCode {
  if (json) place.out.write(`${JSON.stringify({ error: STOPPED })}\n`);
  else place.err.write(`${STOPPED.message}\n`);
  return 1;
}

function stageOf(options: GlobalOptions, place: RunPlace): Stage {
  const json = options.json === true;
  const progress = terminalProgress(place.err, json);
  return {
    environment: place.environment,
    signal: place.signal,
    progress,
    say(text) {
      progress.clear();
      if (!json) place.out.write(`${text}\n`);
    },
    show(value: JsonValue, text) {
      progress.clear();
      place.out.write(`${json ? JSON.stringify(value) : text()}\n`);
    },
  };
}

function told(error: unknown, place: RunPlace, json: boolean): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return 0; // help and version
  const code = exitCodeOf(error);
  const { line, facts } = describeFailure(error);
  if (json) place.out.write(`${JSON.stringify({ error: facts })}\n`);
  else place.err.write(`${line}\n`);
  if (code === 70 && error instanceof Error) place.err.write(`${error.stack ?? error.message}\n`);
  return code;
}
