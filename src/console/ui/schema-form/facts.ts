/** What is not right, by JSON pointer. */
export interface Mistake {
  readonly pointer: string;
  readonly message: string;
  readonly advice: string | null;
}

/** What fields look at beside their value. */
export interface FormFacts {
  /** Secrets that are set, by JSON pointer, with how they end. */
  readonly secrets: readonly { readonly pointer: string; readonly ends: string | null }[];
  readonly mistakes: readonly Mistake[];
}

/** What the server says about one pointer, in words; null: nothing. */
export function mistakeAt({ mistakes }: FormFacts, pointer: string): string | null {
  const found = mistakes.filter((mistake) => mistake.pointer === pointer);
  return found.length === 0
    ? null
    : found.map(({ message, advice }) => [message, advice].filter(Boolean).join('. ')).join(' ');
}
