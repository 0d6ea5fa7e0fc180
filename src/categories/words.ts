/** Words that join others and say nothing of a thing. */
const JOINING = new Set(
  'and or of for the a an with to in on by other misc und oder für mit der die das et ou de des du la le les pour'.split(
    ' ',
  ),
);

/**
 * Words of a name as they are compared: small letters without accents, English plurals as singulars, no joining words.
 * `Men's T-Shirts & Tops` is men, t, shirt, top; single letters are left out.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !JOINING.has(word))
    .map((word) => singular(withoutAccents(word)));
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(x|ch|sh|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
