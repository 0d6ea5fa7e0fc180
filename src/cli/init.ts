import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newKeyText } from '../config/key.js';
import { CONFIG_TEMPLATE } from '../config/template.js';
import { OperatorError } from '../domain/errors.js';
import type { AddCommand } from './command.js';

/** `omnifeed init`: a commented configuration and a new data key. Nothing that exists is overwritten. */
export const addInit: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { options }) => {
      const { file, keyFile, keyWritten } = await writeFirstConfig(options.config);
      stage.show({ config: file, keyFile, keyWritten }, () =>
        [
          `Wrote ${file}.`,
          keyWritten
            ? `Wrote ${keyFile}: keep a copy of it beside your backups, never in them.`
            : `Kept ${keyFile}.`,
          'Next: name your catalog file in it, then run `omnifeed doctor`.',
        ].join('\n'),
      );
      return 0;
    }),
  );
};

/** Writes a commented configuration and, unless there is one, a new data key beside it. Throws `config_exists`. */
export async function writeFirstConfig(
  config: string,
): Promise<{ readonly file: string; readonly keyFile: string; readonly keyWritten: boolean }> {
  const file = path.resolve(config);
  const keyFile = path.join(path.dirname(file), 'omnifeed.key');
  await writeNew(file, CONFIG_TEMPLATE, 0o644);
  return { file, keyFile, keyWritten: await writeUnlessThere(keyFile, `${newKeyText()}\n`, 0o600) };
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  if (await writeUnlessThere(file, text, mode)) return;
  throw new OperatorError(
    'config_exists',
    `${file} exists already`,
    'Edit it, or name another file with --config FILE.',
  );
}

async function writeUnlessThere(file: string, text: string, mode: number): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new OperatorError(
      'cannot_write',
      `${file} cannot be written (${code ?? 'unknown'})`,
      'Check the folder.',
      error,
    );
  }
}
