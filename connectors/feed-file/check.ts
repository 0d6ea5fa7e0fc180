import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Issue } from '../../src/domain/issue.js';

/** Whether the file can be written where the settings say. */
export async function checkFolder(file: string): Promise<readonly Issue[]> {
  const folder = path.dirname(path.resolve(file));
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    return [];
  } catch {
    // Whatever the reason, the answer for the operator is the same sentence.
    const message = `The folder ${folder} cannot be made or may not be written to.`;
    const advice = 'Give the process the right to write there, or change the path in the settings.';
    return [{ severity: 'error', code: 'folder_not_writable', origin: 'ours', message, advice }];
  }
}
