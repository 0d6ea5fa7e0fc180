import { ChannelError } from '../../src/domain/errors.js';

/** A file in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly bytes: number;
}

/**
 * A folder somewhere, as far as this connector uses it. Paths have slashes and start at the folder. What fails throws a ChannelError:
 * a folder that cannot be listed is never an empty one.
 */
export interface Folder {
  /** Files of a sub-folder. A sub-folder that is not there throws `folder_missing`. */
  list(sub: string): Promise<readonly FolderEntry[]>;
  /** The content of a file that was listed. */
  read(path: string): Promise<Buffer>;
  /** Puts a file there in one step: whoever looks sees the old one, none, or the whole new one. */
  write(path: string, content: string): Promise<void>;
  /** Makes a sub-folder that may be there already. */
  make(sub: string): Promise<void>;
}

/** Lends a folder for one piece of work; a connection lasts as long. */
export type FolderLender = <Result>(work: (folder: Folder) => Promise<Result>) => Promise<Result>;

/** The folder, or a part of it, is not there: not mounted, renamed, or never prepared. Nothing is concluded from it. */
export function folderMissing(sub: string): ChannelError {
  return new ChannelError(`The folder ${sub} is not there`, {
    code: 'folder_missing',
    kind: 'not-sent',
    owner: 'operator',
    advice:
      'Mount it or correct `folder`. A new folder is prepared once: `omnifeed channel <shop> prepare-folder`.',
  });
}

/** The folder is there, but may not be used. */
export function folderDenied(path: string, cause: unknown): ChannelError {
  return new ChannelError(`No right to ${path}`, {
    code: 'folder_denied',
    kind: 'not-sent',
    owner: 'operator',
    advice: 'Give the user Omnifeed runs or logs in as the right to read and write the folder.',
    cause,
  });
}

/** Anything else: it may have been done. */
export function folderFailed(path: string, cause: unknown): ChannelError {
  const code = (cause as { code?: unknown } | null)?.code;
  return new ChannelError(`${path} could not be used (${String(code ?? 'unknown')})`, {
    code: 'folder_failed',
    kind: 'ambiguous',
    owner: 'operator',
    advice: 'Look at the disk or the server (full, disconnected). It is looked at and tried again by itself.',
    cause,
  });
}
