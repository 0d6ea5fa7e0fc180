import { OperatorError } from '../domain/errors.js';

/** One mistake in the configuration, with where it is and what to do. */
export interface ConfigMistake {
  /** `channels.google-us.settings.merchantId`; empty: the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly advice: string;
}

/** All mistakes of a configuration at once. Exit code 2. */
export class ConfigError extends OperatorError {
  readonly mistakes: readonly ConfigMistake[];

  constructor(file: string, mistakes: readonly ConfigMistake[]) {
    const lines = mistakes.map((mistake) => {
      const where = `${file}:${mistake.line}:${mistake.column}`;
      return `\n  ${where} ${mistake.path === '' ? '' : `${mistake.path}: `}${mistake.message}\n      ${mistake.advice}`;
    });
    const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
    super(
      'config_invalid',
      `The configuration has ${count}${lines.join('')}`,
      'Correct the file and run the command again.',
    );
    this.mistakes = mistakes;
  }
}
