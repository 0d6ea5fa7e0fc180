/** The batches a submission became. */
export interface Handles {
  readonly items: readonly string[];
  readonly localized: readonly string[];
  /** Values of languages and countries could not all be handed over. */
  readonly incomplete: boolean;
}

const LOCALIZED = 'localized:';
const INCOMPLETE = 'incomplete';

/** The id of a submission: its handles with blanks between them; null when Meta gave none. */
export function writeHandles({ items, localized, incomplete }: Handles): string | null {
  if (items.length === 0) return null;
  return [
    ...items,
    ...localized.map((handle) => `${LOCALIZED}${handle}`),
    ...(incomplete ? [INCOMPLETE] : []),
  ].join(' ');
}

/** Reads what `writeHandles` wrote. */
export function readHandles(id: string | null): Handles {
  const words = (id ?? '').split(' ').filter((word) => word !== '');
  return {
    items: words.filter((word) => word !== INCOMPLETE && !word.startsWith(LOCALIZED)),
    localized: words.filter((word) => word.startsWith(LOCALIZED)).map((word) => word.slice(LOCALIZED.length)),
    incomplete: words.includes(INCOMPLETE),
  };
}
