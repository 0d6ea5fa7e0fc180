import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { ChannelError } from '../../src/domain/errors.js';
import { type FolderLender, folderDenied, folderFailed, folderMissing } from './folder.js';

/** A folder of this machine. What was written is on the disk when `write` returns, its name too. */
export function localFolder(root: string): FolderLender {
  return (work) =>
    work({
      list: (sub) =>
        told(sub, async () => {
          const entries = await readdir(path.join(root, sub), { withFileTypes: true });
          const files = entries.filter((entry) => entry.isFile());
          return Promise.all(
            files.map(async ({ name }) => ({ name, bytes: (await stat(path.join(root, sub, name))).size })),
          );
        }),
      read: (file) => told(file, () => readFile(path.join(root, file))),
      write: (file, content) => told(file, () => writeWhole(path.join(root, file), content)),
      make: (sub) => told(sub, async () => void (await mkdir(path.join(root, sub), { recursive: true }))),
    });
}

async function writeWhole(file: string, content: string): Promise<void> {
  const folder = path.dirname(file);
  const draft = path.join(folder, `.${path.basename(file)}.part`);
  const handle = await open(draft, 'w', 0o640);
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const names = await open(folder, 'r');
  try {
    await names.sync();
  } finally {
    await names.close();
  }
}

async function told<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChannelError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw folderMissing(file);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') throw folderDenied(file, error);
    throw folderFailed(file, error);
  }
}
