import { OperatorError } from '../../domain/errors.js';
import type { RowError } from './reader.js';

/** Column names that would reach into JavaScript's own objects; such columns are dropped and reported. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a name must not become a member of an object. */
export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name.trim());
}

/** Lower case, blanks and underscores as one blank: how column names are compared. */
export function plainColumn(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ');
}

/** The header of a text table: where each column stands. */
export class Header {
  readonly names: readonly string[];
  readonly #places = new Map<string, number>();

  constructor(names: readonly string[], report: (error: RowError) => void) {
    this.names = names.map((name) => name.trim());
    for (const [place, name] of this.names.entries()) {
      if (name === '') continue;
      if (isForbiddenName(name)) {
        report({
          line: 1,
          column: name,
          code: 'column_forbidden',
          reason: `The column "${name}" has a name that is not allowed and is left out. Rename it if you need it.`,
          severity: 'warning',
        });
        continue;
      }
      this.#add(name, place, report);
    }
  }

  /** Place of the first of these columns that exists, or −1. Capitals, blanks and underscores do not matter. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const place = this.#places.get(plainColumn(name));
      if (place !== undefined) return place;
    }
    return -1;
  }

  /** Columns that may be read, with their places. */
  entries(): [name: string, place: number][] {
    return [...this.#places.values()].map((place) => [this.names[place] ?? '', place]);
  }

  /** Place of a column that must exist. Throws `OperatorError` `source_column_missing`. */
  need(...names: readonly string[]): number {
    const place = this.find(...names);
    if (place >= 0) return place;
    throw new OperatorError(
      'source_column_missing',
      `The file has no column "${names[0]}". Its columns are: ${this.names.slice(0, 12).join(', ')}.`,
      'Check that this is the right file and the right format setting, or use a source mapping.',
    );
  }

  #add(name: string, place: number, report: (error: RowError) => void): void {
    const plain = plainColumn(name);
    if (!this.#places.has(plain)) {
      this.#places.set(plain, place);
      return;
    }
    report({
      line: 1,
      column: name,
      code: 'column_twice',
      reason: `The column "${name}" stands in the header more than once; only the first one is read.`,
      severity: 'warning',
    });
  }
}

/** A cell without the blanks around it; absent or blank cells are nothing. */
export function cell(cells: readonly string[], place: number): string | undefined {
  if (place < 0) return undefined;
  const text = cells[place];
  if (text === undefined || text === '') return undefined;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first > 32 && last > 32 && first < 128 && last < 128) return text;
  const plain = text.trim();
  return plain === '' ? undefined : plain;
}
