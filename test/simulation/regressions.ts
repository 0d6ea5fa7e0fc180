/** Seeds that once broke a promise. Each stays, so that what was mended stays mended. */
export const REGRESSIONS: readonly { readonly seed: number; readonly what: string }[] = [];
