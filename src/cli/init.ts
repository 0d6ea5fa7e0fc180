import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newKeyText } from '../config/key.js';
import { CONFIG_TEMPLATE } from '../config/template.js';
import { OperatorError } from '../domain/errors.js';
import type { AddCommand } from './command.js';

/** `omnifeed init`: a commented configuration and a new data key. Nothing that exists is overwritten. */
export const addInit: AddCommand = (program, on) => {
  program
    .command('init')
    .description('write a commented omnifeed.yaml and a new data key')
    .action(
      on(async (stage, { options }) => {
        const file = path.resolve(options.config);
        const keyFile = path.join(path.dirname(file), 'omnifeed.key');
        await writeNew(file, CONFIG_TEMPLATE, 0o644);
        const keyWritten = await writeUnlessThere(keyFile, `${newKeyText()}\n`, 0o600);
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
