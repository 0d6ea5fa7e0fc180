/** A key as lookup tables hold it: trimmed, single blanks, small letters. */
export function lookupKey(text: string): string {
  const trimmed = text.trim();
  return (/\s\s|[^\S ]/.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed).toLowerCase();
}
