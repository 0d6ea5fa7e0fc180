import { OperatorError } from '../../domain/errors.js';
import { isJsonObject, type JsonValue } from '../../domain/json.js';
import type { Intake } from './intake.js';
import { flatJson } from './json-row.js';
import type { RawRowSink } from './raw-row.js';

/**
 * Reads JSON lines: one object per line. A line that is no JSON is rejected and the rest is read; when it is the last
 * one and has no line break, the file is `source_incomplete`.
 */
export async function* readJsonLines(
  bytes: AsyncIterable<Buffer>,
  sink: RawRowSink,
  intake: Intake,
): AsyncGenerator<void, void, void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let line = 0;
  for await (const piece of bytes) {
    intake.signal.throwIfAborted();
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) takeLine(text, ++line, { sink, intake, last: false });
    if (rest.length > intake.limits.recordBytes) throw recordTooLarge(line + 1, intake.limits.recordBytes);
    yield;
  }
  takeLine(rest, line + 1, { sink, intake, last: true });
  if (intake.rows === 0) throw noItems();
  sink.end();
  yield;
}

function takeLine(
  text: string,
  line: number,
  reading: { readonly sink: RawRowSink; readonly intake: Intake; readonly last: boolean },
): void {
  if (text.trim() === '') return;
  const { sink, intake, last } = reading;
  if (text.length > intake.limits.recordBytes) throw recordTooLarge(line, intake.limits.recordBytes);
  let item: JsonValue;
  try {
    item = JSON.parse(text) as JsonValue;
  } catch (cause) {
    if (last) throw cutOff(`line ${line} stops in the middle`, cause);
    intake.rows++;
    intake.reject(
      { line },
      'json_invalid',
      `The line is not valid JSON: ${(cause as Error).message.slice(0, 120)}.`,
    );
    return;
  }
  intake.rows++;
  if (isJsonObject(item)) sink.raw(flatJson(item), line);
  else
    intake.reject({ line }, 'json_not_an_object', 'The line is JSON but not an object, so it is no product.');
}

/**
 * Reads the objects of one array in a JSON file, one at a time: the file's own array, the array at `path`
 * (`data.products`), or without a path the first array in the file's object. Throws `source_incomplete` unless the
 * whole file is closed.
 */
export async function* readJsonItems(
  bytes: AsyncIterable<Buffer>,
  items: { readonly path: string | undefined; readonly sink: RawRowSink; readonly intake: Intake },
): AsyncGenerator<void, void, void> {
  const scanner = new JsonScanner(items.path, items.sink, items.intake);
  const decoder = new TextDecoder('utf-8');
  for await (const piece of bytes) {
    items.intake.signal.throwIfAborted();
    scanner.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  scanner.finish();
  if (items.intake.rows === 0) throw noItems();
  items.sink.end();
  yield;
}

/** Follows strings and brackets, and cuts out the objects of the wanted array. */
class JsonScanner {
  readonly #path: string | undefined;
  readonly #sink: RawRowSink;
  readonly #intake: Intake;
  /** Bracket and name of each open array or object. */
  readonly #open: { readonly bracket: string; readonly name: string }[] = [];
  /** Depth of the array whose objects are items; 0 until it is found, −1 after it. */
  #itemDepth = 0;
  #item = '';
  #itemLine = 0;
  #inItem = false;
  #inString = false;
  #escaped = false;
  #string = '';
  #name = '';
  #line = 1;
  #closed = false;

  constructor(path: string | undefined, sink: RawRowSink, intake: Intake) {
    this.#path = path;
    this.#sink = sink;
    this.#intake = intake;
  }

  write(text: string): void {
    let start = 0;
    for (let place = 0; place < text.length; place++) {
      const letter = text[place] ?? '';
      if (letter === '\n') this.#line++;
      if (this.#inString) this.#stringLetter(letter);
      else if (this.#closed) this.#afterEnd(letter);
      else if (letter === '{' || letter === '[') {
        if (this.#opens(letter)) start = place;
      } else if (letter === '}' || letter === ']') {
        if (this.#closes(letter)) this.#take(text.slice(start, place + 1));
      } else this.#between(letter);
    }
    if (!this.#inItem) return;
    this.#item += text.slice(start);
    if (this.#item.length > this.#intake.limits.recordBytes) {
      throw recordTooLarge(this.#itemLine, this.#intake.limits.recordBytes);
    }
  }

  finish(): void {
    if (!this.#closed) throw cutOff(`it stops at line ${this.#line} before its brackets are closed`);
  }

  #stringLetter(letter: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (letter === '\\') this.#escaped = true;
    else if (letter === '"') {
      this.#inString = false;
      return;
    }
    if (!this.#inItem && this.#string.length < 200) this.#string += letter;
  }

  #between(letter: string): void {
    if (letter === '"') {
      this.#inString = true;
      this.#string = '';
    } else if (letter === ':') this.#name = this.#string;
  }

  /** True when an item begins here. */
  #opens(bracket: string): boolean {
    const starts = bracket === '{' && this.#itemDepth > 0 && this.#open.length === this.#itemDepth;
    this.#open.push({ bracket, name: this.#inItem ? '' : this.#name });
    if (this.#open.length > 100) {
      throw new OperatorError(
        'source_too_deep',
        `Line ${this.#line} has more than 100 levels.`,
        'This is not a product feed. Nothing was changed.',
      );
    }
    if (bracket === '[' && this.#itemDepth === 0 && this.#isWanted()) this.#itemDepth = this.#open.length;
    this.#name = '';
    if (starts) {
      this.#inItem = true;
      this.#item = '';
      this.#itemLine = this.#line;
    }
    return starts;
  }

  /** True when an item ends here. */
  #closes(bracket: string): boolean {
    const open = this.#open.pop();
    if (open === undefined || (open.bracket === '{') !== (bracket === '}'))
      throw notWellFormed(this.#line, 'a bracket too many');
    if (this.#open.length === 0) this.#closed = true;
    if (this.#inItem && this.#open.length === this.#itemDepth) {
      this.#inItem = false;
      return true;
    }
    if (this.#open.length < this.#itemDepth) this.#itemDepth = -1;
    return false;
  }

  #isWanted(): boolean {
    if (this.#path === undefined) return this.#open.length <= 2;
    const path = this.#open.slice(1).map((level) => level.name);
    return path.join('.') === this.#path;
  }

  #take(text: string): void {
    const whole = this.#item + text;
    this.#item = '';
    let item: JsonValue;
    try {
      item = JSON.parse(whole) as JsonValue;
    } catch (cause) {
      throw notWellFormed(this.#itemLine, (cause as Error).message, cause);
    }
    this.#intake.rows++;
    this.#sink.raw(flatJson(item), this.#itemLine);
  }

  #afterEnd(letter: string): void {
    if (letter.trim() !== '') throw notWellFormed(this.#line, 'something follows the end');
  }
}

function cutOff(what: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'source_incomplete',
    `The file is not complete: ${what}.`,
    'Nothing was changed. Download or export the file again.',
    cause,
  );
}

function notWellFormed(line: number, why: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'source_not_well_formed',
    `The file is not valid JSON at line ${line}: ${why.slice(0, 160)}.`,
    'The program that writes the file has to be corrected. Nothing was changed.',
    cause,
  );
}

function recordTooLarge(line: number, limit: number): OperatorError {
  return new OperatorError(
    'source_record_too_large',
    `The item that starts at line ${line} is larger than ${limit} letters.`,
    'This is not a list of products, or one item carries a whole file. Nothing was changed.',
  );
}

function noItems(): OperatorError {
  return new OperatorError(
    'source_header_only',
    'The file is complete but has no product in it.',
    'Nothing was changed. Check that this is the product file, and "items" in the source mapping.',
  );
}
