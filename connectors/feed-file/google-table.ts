import { oneLine } from '../../src/channel/file-text.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { Column } from './columns.js';
import type { FeedEncoder } from './feed-encoder.js';
import { GOOGLE_COLUMNS } from './google-columns.js';

/**
 * Google's tab-delimited file (support.google.com/merchants/answer/160567, verified 2026-11): list entries are separated by commas,
 * members by colons in the order the header names; what contains a separator or a quote is quoted by itself.
 */
export function googleTable(): FeedEncoder {
  return {
    head: `id\t${GOOGLE_COLUMNS.map(headerOf).join('\t')}\n`,
    tail: '',
    item(sku, attributes) {
      let line = quoted(oneLine(sku), SINGLE);
      for (const column of GOOGLE_COLUMNS) {
        const value = attributes[column.name];
        line += value === undefined ? '\t' : `\t${cell(column, value)}`;
      }
      return `${line}\n`;
    },
  };
}

/** Groups say the order of their members, so that no reader has to know it. */
function headerOf(column: Column): string {
  return column.members ? `${column.name}(${column.members.join(':')})` : column.name;
}

const SINGLE = /"/;
const ENTRY = /[",]/;
const MEMBER = /[",:]/;

function cell(column: Column, value: JsonValue): string {
  if (isJsonArray(value)) return value.map((entry) => entryOf(column, entry)).join(',');
  if (isJsonObject(value)) return entryOf(column, value);
  return quoted(oneLine(String(value)), column.shape === 'list' ? ENTRY : SINGLE);
}

function entryOf(column: Column, entry: JsonValue): string {
  if (!isJsonObject(entry)) return quoted(oneLine(String(entry)), ENTRY);
  return (column.members ?? []).map((member) => memberOf(entry, member)).join(':');
}

function memberOf(entry: JsonObject, member: string): string {
  const value = entry[member];
  return value === undefined ? '' : quoted(oneLine(String(value)), MEMBER);
}

function quoted(text: string, separators: RegExp): string {
  return separators.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
