/** A value in one line: lists of texts with commas, everything else as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
