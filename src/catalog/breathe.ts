import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets timers and sockets have their turn. An awaited statement on SQLite never leaves the present turn, so long work
 * calls this between its chunks.
 */
export async function breathe(): Promise<void> {
  await nextTurn();
}
