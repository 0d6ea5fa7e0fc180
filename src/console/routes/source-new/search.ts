import type { Of } from '../../../api/shape.js';
import type { sourceWish } from '../../../api/shapes/setup.js';
import { type Given, textIn, wordIn } from '../../app/search-params.js';

/** The steps of the wizard. */
export const STEPS = ['where', 'reading', 'meaning', 'report'] as const;

/** One of them. */
export type WizardStep = (typeof STEPS)[number];

/** What a person says about a source, as the API takes it. */
export type Wish = Of<typeof sourceWish>;

/** Which column each field stands in; free attributes apart. */
export type ColumnChoice = NonNullable<Wish['columns']>;

/** What the address of the wizard says: everything that was chosen, so that leaving and coming back loses nothing. */
export interface SourceNewSearch {
  readonly step?: WizardStep | undefined;
  readonly upload?: string | undefined;
  /** The person's own name of the file. */
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly role?: 'supplemental' | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly decimalMark?: '.' | ',' | undefined;
  readonly currency?: string | undefined;
  readonly columns?: ColumnChoice | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readSourceNewSearch(given: Given): SourceNewSearch {
  return {
    step: wordIn(given, 'step', STEPS),
    upload: textIn(given, 'upload'),
    file: textIn(given, 'file'),
    url: textIn(given, 'url'),
    role: wordIn(given, 'role', ['supplemental'] as const),
    encoding: textIn(given, 'encoding'),
    delimiter: textIn(given, 'delimiter'),
    decimalMark: wordIn(given, 'decimalMark', ['.', ','] as const),
    currency: textIn(given, 'currency'),
    columns: columnsIn(given.columns),
  };
}

/** What is asked of the API for an address; null: nobody said where the products are. */
export function wishOf(search: SourceNewSearch): Wish | null {
  const { step: _step, file: _file, upload, url, ...rest } = search;
  const place = upload === undefined ? (url === undefined ? null : { url }) : { upload };
  return place === null ? null : { ...rest, ...place };
}

function columnsIn(value: unknown): ColumnChoice | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const texts = Object.entries(value).filter(
    ([name, column]) => name !== 'attributes' && typeof column === 'string',
  );
  const { attributes } = value as { attributes?: unknown };
  const free =
    typeof attributes === 'object' && attributes !== null
      ? Object.entries(attributes).filter(([, column]) => typeof column === 'string')
      : [];
  const columns = {
    ...Object.fromEntries(texts),
    ...(free.length === 0 ? {} : { attributes: Object.fromEntries(free) }),
  };
  return Object.keys(columns).length === 0 ? undefined : columns;
}
