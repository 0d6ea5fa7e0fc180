import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, open as openZip, type ZipFile } from 'yauzl';
import { OperatorError } from '../../domain/errors.js';
import type { ReadLimits } from './reader.js';

/** A workbook has a few dozen parts; more is not a workbook. */
const MAX_ENTRIES = 1_000;

const open = promisify(openZip) as (path: string, options: object) => Promise<ZipFile>;

/** The named parts of an XLSX file (a zip archive). Names are only compared, never used as paths. */
export class XlsxParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #limits: ReadLimits;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ReadLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /** Opens the archive. Throws `OperatorError` `source_incomplete` when its directory, which stands at the end, is missing. */
  static async open(path: string, limits: ReadLimits): Promise<XlsxParts> {
    const zip = await open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(
      (cause: unknown) => {
        throw damaged('its directory is missing', cause);
      },
    );
    try {
      return new XlsxParts(zip, await entriesOf(zip), limits);
    } catch (cause) {
      zip.close();
      throw cause;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The decompressed bytes of a part; its checksum must fit. */
  async *read(name: string): AsyncGenerator<Buffer, void, void> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw damaged(`it has no part ${name}`);
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, opened) =>
        error ? reject(damaged(name, error)) : resolve(opened),
      );
    });
    let sum = 0;
    let length = 0;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        length += piece.length;
        sum = crc32(piece, sum);
        this.#guard(entry, length);
        yield piece;
      }
    } catch (cause) {
      throw cause instanceof OperatorError ? cause : damaged(name, cause);
    } finally {
      stream.destroy();
    }
    if (sum !== entry.crc32) throw damaged(`the checksum of ${name} does not fit`);
  }

  close(): void {
    this.#zip.close();
  }

  #guard(entry: Entry, length: number): void {
    const ratio = length > 10 * 1024 ** 2 && length > entry.compressedSize * this.#limits.compressionRatio;
    if (!ratio && length <= this.#limits.outputBytes) return;
    throw new OperatorError(
      'source_too_large',
      'The workbook is refused: it grows too much when decompressed.',
      'Nothing was changed. Check the file; if it is right, raise the limits of the source.',
    );
  }
}

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= MAX_ENTRIES || entries.has(entry.fileName)) {
        reject(damaged('it has too many parts, or one twice'));
        return;
      }
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (cause) => reject(damaged('its directory cannot be read', cause)));
    zip.readEntry();
  });
}

function damaged(what: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'source_incomplete',
    `The workbook is not complete or damaged: ${what}.`,
    'Nothing was changed. Save the workbook again as .xlsx and upload the new file.',
    cause,
  );
}
