import type { JsonObject } from '../../../src/domain/json.js';
import type { StatusChange } from './notifier.js';

/** What the catalog needs to know of its surroundings. */
export interface CatalogWorld {
  readonly account: string;
  readonly country: string;
  readonly language: string;
  readonly processingMs: number;
  now(): number;
  /** A data source by its name; null: there is none. */
  source(name: string): JsonObject | null;
  /** A product was made, changed or taken away. */
  changed(change: StatusChange): void;
}
