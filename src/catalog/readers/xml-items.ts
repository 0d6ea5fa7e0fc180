import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { OperatorError } from '../../domain/errors.js';
import type { Intake } from './intake.js';

/** Most levels of elements and most attributes of one element; more is an attack or not a product file. */
const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 64;

/** An element inside an item: its name as written (`g:price`), its text and what stands in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Takes the items of an XML file. `line` is where the item's element starts. */
export interface ItemSink {
  item(element: XmlElement, line: number): void;
  end(): void;
}

/**
 * Reads an XML file (bytes in UTF-8) and gives every element called `itemName` to the sink, one at a time. Document
 * type declarations are refused outright, so there are no entities to expand. Throws `OperatorError`:
 * `source_incomplete`, `source_not_well_formed`, `source_doctype`, `source_record_too_large`, `source_header_only`.
 */
export async function* readXmlItems(
  bytes: AsyncIterable<Buffer>,
  items: { readonly isItem: (name: string) => boolean; readonly sink: ItemSink; readonly intake: Intake },
): AsyncGenerator<void, void, void> {
  const reader = new ItemReader(items.isItem, items.sink, items.intake);
  const decoder = new TextDecoder('utf-8');
  for await (const piece of bytes) {
    items.intake.signal.throwIfAborted();
    reader.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  reader.finish();
  if (items.intake.rows === 0) {
    throw new OperatorError(
      'source_header_only',
      'The file is well-formed XML but has no product in it.',
      'Nothing was changed. Check that this is the product feed; if the shop really is empty, remove the source.',
    );
  }
  items.sink.end();
  yield;
}

class ItemReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #sink: ItemSink;
  readonly #intake: Intake;
  readonly #isItem: (name: string) => boolean;
  readonly #open: XmlElement[] = [];
  #depth = 0;
  #itemLine = 0;
  #itemLetters = 0;
  /** Letters since the parser last said something. */
  #quietLetters = 0;
  #rootName = '';
  #ending = '';
  #finishing = false;

  constructor(isItem: (name: string) => boolean, sink: ItemSink, intake: Intake) {
    this.#isItem = isItem;
    this.#sink = sink;
    this.#intake = intake;
    this.#parser.on('error', (error) => {
      throw this.#notWellFormed(error);
    });
    this.#parser.on('doctype', () => {
      throw new OperatorError(
        'source_doctype',
        'The file has a document type declaration (<!DOCTYPE …>), which product feeds do not need.',
        'Such declarations can make a small file enormous, so they are refused. Take it out of the file.',
      );
    });
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
  }

  write(text: string): void {
    this.#ending = (this.#ending + text).slice(-256);
    this.#quietLetters += text.length;
    this.#parser.write(text);
    // One endless text or comment brings no event while the parser gathers it.
    if (this.#quietLetters > this.#intake.limits.recordBytes + text.length) throw this.#tooLarge();
  }

  finish(): void {
    this.#finishing = true;
    this.#parser.close();
  }

  #opened(tag: SaxesTagPlain): void {
    this.#depth++;
    this.#quietLetters = 0;
    if (this.#rootName === '') this.#rootName = tag.name;
    if (this.#depth > MAX_DEPTH || Object.keys(tag.attributes).length > MAX_ATTRIBUTES) {
      throw new OperatorError(
        'source_too_deep',
        `Line ${this.#parser.line} has more than ${MAX_DEPTH} levels of elements or ${MAX_ATTRIBUTES} attributes.`,
        'This is not a product feed. Nothing was changed.',
      );
    }
    const parent = this.#open[this.#open.length - 1];
    if (parent === undefined && !this.#isItem(tag.name)) return;
    const element: XmlElement = { name: tag.name, attributes: { ...tag.attributes }, children: [], text: '' };
    if (parent === undefined) {
      this.#itemLine = this.#parser.line;
      this.#itemLetters = 0;
    } else parent.children.push(element);
    this.#charge(tag.name.length + 16);
    this.#open.push(element);
  }

  #closed(): void {
    this.#depth--;
    this.#quietLetters = 0;
    const element = this.#open.pop();
    if (element === undefined || this.#open.length > 0) return;
    this.#intake.rows++;
    this.#sink.item(element, this.#itemLine);
  }

  #text(text: string): void {
    const element = this.#open[this.#open.length - 1];
    if (element === undefined) return;
    this.#charge(text.length);
    element.text += text;
  }

  #charge(letters: number): void {
    this.#itemLetters += letters;
    if (this.#itemLetters <= this.#intake.limits.recordBytes) return;
    throw this.#tooLarge();
  }

  #tooLarge(): OperatorError {
    const line = this.#open.length > 0 ? this.#itemLine : this.#parser.line;
    return new OperatorError(
      'source_record_too_large',
      `The item or text at line ${line} is larger than ${this.#intake.limits.recordBytes} letters.`,
      'Look for an element that is never closed or carries a whole file. Nothing was changed.',
    );
  }

  /**
   * An error met while closing means that the end is missing, unless the root element was closed: then something before
   * it was left open (a bare ampersand is only noticed at the end). An error before the end means that the file is wrong.
   */
  #notWellFormed(error: Error): OperatorError {
    const line = this.#parser.line;
    const rootClosed = this.#ending.trimEnd().endsWith(`</${this.#rootName}>`);
    return this.#finishing && !rootClosed
      ? new OperatorError(
          'source_incomplete',
          `The file is not complete: it stops at line ${line} before its elements are closed.`,
          'Nothing was changed. Download or export the file again.',
          error,
        )
      : new OperatorError(
          'source_not_well_formed',
          `The file is not well-formed XML at line ${line}: ${error.message}.`,
          'The program that writes the feed has to be corrected: ampersands must be written as &amp; and every element closed. Nothing was changed.',
          error,
        );
  }
}
