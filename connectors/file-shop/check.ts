import type { ChannelAction } from '../../src/channel/channel-action.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import type { FolderLender } from './folder.js';
import { FOLDERS } from './sink.js';

const PROBE = `${FOLDERS.sent}/.omnifeed-check`;

/** Whether the folder is there, prepared, and may be written to. */
export async function checkFolder(lend: FolderLender, folders: readonly string[]): Promise<readonly Issue[]> {
  try {
    await lend(async (folder) => {
      for (const sub of folders) await folder.list(sub);
      await folder.write(PROBE, 'Omnifeed may write here.\n');
    });
    return [];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const told = error.kind === 'auth-lost' || ['folder_missing', 'folder_denied'].includes(error.code);
    if (!told) throw error;
    const { code, message, advice } = error;
    return [{ severity: 'error', code, origin: 'channel', message, advice }];
  }
}

/**
 * Makes the sub-folders, when a person says so. Never by itself: on the empty place of a share that is not mounted, empty folders would look like a
 * shop that was given nothing, and every order would be written again.
 */
export function prepareFolder(lend: FolderLender, folders: readonly string[]): ChannelAction {
  return {
    title:
      'Makes the sub-folders for orders, answers and our record of what was sent, and for refunds if they are written',
    parameters: { type: 'object', additionalProperties: false, properties: {} },
    async run() {
      await lend(async (folder) => {
        for (const sub of folders) await folder.make(sub);
      });
      return { folders };
    },
  };
}
