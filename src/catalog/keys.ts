/** One-column parameter for `unfold('r', { k: … })`. */
export function keys(values: readonly (string | number)[]): string {
  return JSON.stringify(values.map((k) => ({ k })));
}
