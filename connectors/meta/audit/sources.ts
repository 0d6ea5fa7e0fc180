/** Day on which all rules were last read against Meta's documents. A rule that was read later says so itself. */
export const VERIFIED = '2026-11-23';

/** Documents of Meta the rules come from. */
export const FROM = {
  fields: 'catalog fields page',
  errors: 'catalog item error types',
  quality: 'partner quality bar',
  policy: 'commerce policies',
  checkout: 'checkout URL guide',
  batch: 'catalog batch pages',
  images: 'image fetching notes',
} as const;
