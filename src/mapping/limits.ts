/** Bounds of what a mapping may contain; beyond them loading fails with a sentence, never with a stack overflow. */
export const LIMITS = {
  fileCharacters: 256 * 1024,
  expressionCharacters: 4_000,
  treeNodes: 2_000,
  treeDepth: 60,
  literalEntries: 500,
  callArguments: 16,
  patternCharacters: 500,
  layers: 5,
  /** Steps of work for one listing: one per loop turn, one per 64 characters or 8 entries produced. */
  workSteps: 100_000,
  /** Longest text a call may make, in UTF-16 units; beyond it the value is nothing, with a note. */
  textCharacters: 100_000,
  /** Longest list a call, a loop or `$each` may make; beyond it the value is nothing, with a note. */
  listEntries: 1_000,
  /** Listings measured before a new mapping is used, and the most one of them may cost on average. */
  measuredListings: 1_000,
  averageMs: 2,
} as const;
