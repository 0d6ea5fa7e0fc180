/** `Screen Size` → `screen_size`: options are read by name in mappings, so names are lower case without blanks. */
export function optionName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? 'option' : plain;
}
