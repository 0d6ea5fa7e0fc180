import { isForbiddenName } from './cells.js';

/** One row or item of a source without a reader of its own, as a source mapping sees it. Blank values are absent. */
export interface RawRow {
  /** Column (or path inside an item, `priceInfo.price`) → text. Has no prototype. */
  readonly row: Readonly<Record<string, string>>;
  /** Columns with several values → their texts. Has no prototype. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** Takes the rows of a source. */
export interface RawRowSink {
  raw(row: RawRow, line: number): void;
  end(): void;
}

/** Collects values under names; the first value is the text, several are also a list. */
export class RawRowDraft implements RawRow {
  readonly row: Record<string, string> = Object.create(null);
  readonly lists: Record<string, readonly string[]> = Object.create(null);

  /** Adds one more value; blank ones and forbidden names are left out. */
  add(name: string, text: string): void {
    const plain = text.trim();
    if (plain === '' || isForbiddenName(name)) return;
    this.row[name] ??= plain;
    this.lists[name] = [...(this.lists[name] ?? []), plain];
  }
}
