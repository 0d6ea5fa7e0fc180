import type { JsonObject } from '../../../src/domain/json.js';

/** A listing of a file with its id, or what is wrong with it. */
export type FileEntry = { readonly id: string; readonly listing: JsonObject } | { readonly broken: string };

/** Why nothing of a file can be used. */
export class UnreadableFile extends Error {}
