import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvariantError } from '../domain/errors.js';

/** The folder of the installed package: it holds package.json, `mappings/` and `examples/`, built or not. */
export function packageRoot(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder))
      throw new InvariantError('the package has no package.json above its code');
  }
}
