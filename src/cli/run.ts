import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-file.js';
import { ChannelError, OmnifeedError } from '../domain/errors.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { commands } from './commands.js';
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
  const message = 'stopped before it was done; what was done is kept, run it again for the rest';
  if (json)
    place.out.write(
      `${JSON.stringify({ error: { code: 'stopped', message, advice: 'Run the command again.' } })}\n`,
    );
  else place.err.write(`${message}\n`);
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
  const { line, facts } = describe(error);
  if (json) place.out.write(`${JSON.stringify({ error: facts })}\n`);
  else if (line !== null) place.err.write(`${line}\n`);
  if (code === 70 && error instanceof Error) place.err.write(`${error.stack ?? error.message}\n`);
  return code;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return 2;
  if (error instanceof ChannelError) return error.owner === 'operator' ? 2 : 1;
  if (error instanceof OmnifeedError) return error.owner === 'operator' ? 2 : 70;
  return 70;
}

function describe(error: unknown): { line: string | null; facts: JsonObject } {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    const code = error.code
      .replace(/^commander\./, '')
      .replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    // commander has printed the message and a suggestion already
    return { line: null, facts: { code, message, advice: 'Run `omnifeed --help`.' } };
  }
  if (error instanceof OmnifeedError) {
    const { code, message, advice } = error;
    const more = error instanceof ConfigError ? { mistakes: error.mistakes as unknown as JsonValue } : {};
    return { line: `error ${code}: ${message}\n${advice}`, facts: { code, message, advice, ...more } };
  }
  const message = error instanceof Error ? error.message : String(error);
  const advice = 'This is a defect of Omnifeed. Please report it with the lines above.';
  return { line: `error unexpected: ${message}\n${advice}`, facts: { code: 'unexpected', message, advice } };
}
