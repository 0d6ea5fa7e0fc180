import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Instant } from '../domain/instant.js';
import type { Product, Texts } from '../domain/product.js';
import type { ChannelStock } from '../domain/stock.js';
import type { FunctionContext, LookupTable, RateTable, Value } from './functions/definition.js';
import { LIMITS } from './limits.js';
import type { MappingRow, Note, VariantRow } from './types.js';

/** Where an expression stands, for notes. */
export interface Site {
  readonly file: string;
  readonly line: number;
}

/** Thrown when one listing used up its work budget; ends that listing only. */
export class TooExpensive extends Error {}

/** Which texts of a product count: its own, those of a translation, or none. */
export type TextsOf = (product: Product) => ProductTexts;

/** Texts of a product in one language. */
export type ProductTexts = Texts & { readonly seoTitle?: string; readonly seoDescription?: string };

/** What a compiled mapping brings to each run. */
export interface FrameFacts {
  readonly channel: ChannelFacts;
  readonly rates: RateTable | null;
  readonly tables: ReadonlyMap<string, LookupTable>;
  readonly textsOf: TextsOf;
}

const NO_NOTES: readonly Note[] = [];
const NOWHERE: Site = { file: '', line: 0 };

/**
 * What compiled expressions see while one row is worked out. One frame per compiled mapping, filled anew for each row:
 * nothing is allocated per row but the result. Also the context functions are called with.
 */
export class Frame implements FunctionContext {
  readonly zone: string;
  readonly language: string;
  readonly rates: RateTable | null;
  product: Product = { id: '', status: 'draft' };
  variant: VariantRow = { id: '', sku: '', position: 0 };
  stock: ChannelStock = {};
  /** The product's texts in the mapping's language. */
  texts: ProductTexts = {};
  /** Units of all the product's variants; null: not known. */
  productAvailable: number | null = null;
  today: Instant = '';
  /** Variables of expressions outside a mapping, by name. */
  inputs: Readonly<Record<string, Value | undefined>> = {};
  /** Attributes so far, for rules. */
  listing: Record<string, Value> = {};
  /** Changes with each row: values kept for one row are compared with it. */
  turn = 0;
  /** The attribute being worked out. */
  attribute: string | null = null;
  /** Notes of this row. An outcome keeps them, so a new row never writes into the old list. */
  notes: readonly Note[] = NO_NOTES;
  private ownNotes: Note[] = [];
  /** Reads of the expression being traced; null in the ordinary build. */
  trace: Map<string, Value> | null = null;
  /** Where the function at work was called. */
  site: Site = NOWHERE;
  private steps = 0;
  private readonly facts: FrameFacts;

  constructor(facts: FrameFacts) {
    this.facts = facts;
    this.zone = facts.channel.zone;
    this.language = facts.channel.language;
    this.rates = facts.rates;
  }

  /** Starts a row. Products are compared by identity, so what depends on them alone is kept between their variants. */
  begin(row: MappingRow, today: Instant): void {
    if (row.product !== this.product) {
      this.product = row.product;
      this.texts = this.facts.textsOf(row.product);
    }
    this.variant = row.variant;
    this.stock = row.stock;
    this.productAvailable = row.productAvailable ?? null;
    this.today = today;
    this.restart();
  }

  /** Starts over with a full budget and no notes. */
  restart(): void {
    this.turn++;
    this.steps = 0;
    this.attribute = null;
    this.notes = NO_NOTES;
  }

  table(name: string): LookupTable | null {
    return this.facts.tables.get(name) ?? null;
  }

  missed(table: string, key: string): void {
    const sentence = `lookup table "${table}" has no entry for "${key}"`;
    this.keep(this.site, { message: sentence, pattern: sentence, miss: { table, key } });
  }

  charge(steps: number): void {
    this.steps += steps;
    if (this.steps > LIMITS.workSteps) throw new TooExpensive();
  }

  /** Steps of this row so far. */
  get spent(): number {
    return this.steps;
  }

  /** Keeps a sentence about bad data. The value at hand becomes nothing. */
  note(site: Site, message: string, pattern: string): null {
    this.keep(site, { message, pattern });
    return null;
  }

  /** Notes of a value that another attribute uses too; each is told once per attribute. */
  noteAgain(notes: readonly Note[]): void {
    for (const { message, pattern, miss, file, line } of notes) {
      const known = this.notes.some((note) => note.attribute === this.attribute && note.message === message);
      if (!known) this.keep({ file, line }, { message, pattern, ...(miss === undefined ? {} : { miss }) });
    }
  }

  private keep(site: Site, said: Pick<Note, 'message' | 'pattern' | 'miss'>): void {
    if (this.notes === NO_NOTES) {
      this.ownNotes = [];
      this.notes = this.ownNotes;
    }
    this.ownNotes.push({ attribute: this.attribute, file: site.file, line: site.line, ...said });
  }
}
