import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.js';
import { ChannelError, OmnifeedError } from '../domain/errors.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { ExitCode } from './stage.js';

/** What a command that was interrupted says. Ctrl-C is nobody's mistake: what was done is kept. */
export const STOPPED = {
  code: 'stopped',
  message: 'stopped before it was done; what was done is kept, run it again for the rest',
  advice: 'Run the command again.',
} as const;

/** The exit code a failure ends a command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return 2;
  if (error instanceof ChannelError) return error.owner === 'operator' ? 2 : 1;
  if (error instanceof OmnifeedError) return error.owner === 'operator' ? 2 : 70;
  return 70;
}

/**
 * A failure for people (`line`, after what commander printed by itself) and for programs: code, message and advice.
 */
export function describeFailure(error: unknown): { line: string; facts: JsonObject } {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    const code = error.code
      .replace(/^commander\./, '')
      .replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    // commander has printed the message and a suggestion already; what to do is still to be said.
    const advice = 'Run `omnifeed --help`, or a command with --help, for what can be given.';
    return { line: advice, facts: { code, message, advice } };
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
