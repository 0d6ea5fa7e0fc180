import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { oneLine } from './file-text.js';

/** A column of a tab-delimited product file. */
export interface TabColumn {
  readonly name: string;
  /** Whether a value may be one of several in the cell. */
  readonly repeats: boolean;
  /** Members of a group in the order they stand in the cell; null: plain values. */
  readonly members: readonly string[] | null;
}

const SINGLE = /"/;
const ENTRY = /[",]/;
const MEMBER = /[",:]/;

/** Name of a column; a group says the order of its members, so that no reader has to know it: `shipping(country:price)`. */
export function tabHeading({ name, members }: TabColumn): string {
  return members === null ? name : `${name}(${members.join(':')})`;
}

/**
 * A value in its cell, by the rules of Google's tab-delimited files (support.google.com/merchants/answer/160567, verified
 * 2026-11): entries are separated by commas, members by colons; what contains a separator or a quote is quoted by itself.
 */
export function tabCell(column: TabColumn, value: JsonValue): string {
  if (isJsonArray(value)) return value.map((entry) => entryOf(column, entry)).join(',');
  if (isJsonObject(value)) return entryOf(column, value);
  return quoted(oneLine(String(value)), column.repeats ? ENTRY : SINGLE);
}

function entryOf({ members }: TabColumn, entry: JsonValue): string {
  if (!isJsonObject(entry)) return quoted(oneLine(String(entry)), ENTRY);
  return (members ?? []).map((member) => memberOf(entry, member)).join(':');
}

/** Several values of one member are a list inside it, quoted once more. */
function memberOf(entry: JsonObject, member: string): string {
  const value = entry[member];
  if (value === undefined) return '';
  if (!isJsonArray(value)) return quoted(oneLine(String(value)), MEMBER);
  return quoted(value.map((entry) => quoted(oneLine(String(entry)), ENTRY)).join(','), MEMBER);
}

function quoted(text: string, separators: RegExp): string {
  return separators.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
