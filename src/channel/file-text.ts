// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const SPECIAL = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * Text as it stands between tags. Characters that XML 1.0 forbids are dropped; a broken surrogate becomes U+FFFD when the
 * text is turned into bytes. Most texts need nothing, so they are looked at first.
 */
export function xmlText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(UNWANTED, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const BREAKS = /[\u0000-\u001f\u007f\u2028\u2029\ufffe\uffff]/;
const BREAK_RUNS = /[\t\n\r\u2028\u2029]+/g;

/** Text on one line: tabs and line breaks become one blank, other control characters are dropped. */
export function oneLine(text: string): string {
  return BREAKS.test(text) ? text.replace(BREAK_RUNS, ' ').replace(UNWANTED, '') : text;
}

/** Without control characters, broken surrogates and blanks around it. Most texts need nothing here either. */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text.trim();
  return text
    .replace(/\p{Surrogate}/gu, '')
    .replace(UNWANTED, '')
    .trim();
}
