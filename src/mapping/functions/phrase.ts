const WORD_PART = /[\p{L}\p{N}\p{M}]/u;
// Written without blanks between words: every letter may be the edge of a word.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** A text prepared for comparing whole words: composed letters, small. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Whether a phrase stands in a text as whole words. Both must be `folded`. */
export function hasPhrase(text: string, phrase: string): boolean {
  if (phrase === '') return false;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (isEdge(text, at) && isEdge(text, at + phrase.length)) return true;
  }
  return false;
}

/** Whether a word may begin or end at this place: not between two letters or digits of one word. */
export function isEdge(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const after = text.codePointAt(at) ?? 32;
  const before = codePointBefore(text, at);
  if (!isWordPart(before) || !isWordPart(after)) return true;
  return isUnspaced(before) || isUnspaced(after);
}

/** Whether this sign belongs to a script without blanks between words. */
export function isUnspaced(codePoint: number): boolean {
  return codePoint >= 0x0e00 && UNSPACED.test(String.fromCodePoint(codePoint));
}

/** The sign that ends at a place. */
export function codePointBefore(text: string, at: number): number {
  const low = text.charCodeAt(at - 1);
  const isLow = low >= 0xdc00 && low <= 0xdfff && at >= 2;
  return isLow ? (text.codePointAt(at - 2) ?? low) : low;
}

function isWordPart(codePoint: number): boolean {
  if (codePoint < 128) {
    return (
      (codePoint >= 97 && codePoint <= 122) ||
      (codePoint >= 48 && codePoint <= 57) ||
      (codePoint >= 65 && codePoint <= 90)
    );
  }
  return WORD_PART.test(String.fromCodePoint(codePoint));
}

/** A pattern that finds any of the phrases as whole words, longest first, capitals ignored; nothing without phrases. */
export function phrasePattern(phrases: readonly string[]): RegExp | null {
  const sorted = phrases.filter((phrase) => phrase !== '').sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return null;
  // Most phrases begin and end in letters: they share one look at the edges.
  const odd = sorted.filter((phrase) => !isPlainPhrase(phrase)).map(oddSource);
  const plain = sorted.filter(isPlainPhrase).map(escaped);
  const shared = plain.length > 0 ? [`${BEGIN}(?:${plain.join('|')})${END}`] : [];
  return new RegExp([...odd, ...shared].join('|'), 'giu');
}

const BEGIN = '(?<![\\p{L}\\p{N}\\p{M}])';
const END = '(?![\\p{L}\\p{N}\\p{M}])';

function isPlainPhrase(phrase: string): boolean {
  return beginsInWord(phrase) && endsInWord(phrase);
}

// Edges are asked for only where the phrase itself ends in a letter: "50% off" and "(new)" stand where they stand.
function oddSource(phrase: string): string {
  return (beginsInWord(phrase) ? BEGIN : '') + escaped(phrase) + (endsInWord(phrase) ? END : '');
}

function escaped(phrase: string): string {
  return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
}

function beginsInWord(phrase: string): boolean {
  return isWordPart(phrase.codePointAt(0) ?? 32);
}

function endsInWord(phrase: string): boolean {
  return isWordPart(codePointBefore(phrase, phrase.length));
}
