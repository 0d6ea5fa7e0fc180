/** Words people leave behind when they try something out. */
const PLACEHOLDER = /^(test( product)?|untitled|lorem ipsum.*|n\/?a|product|title|sample|tbd|todo|-+)$/i;
const ADDRESS = /\bhttps?:\/\/\S+|\bwww\.[a-z0-9-]+\.[a-z]{2,}\S*/i;
const PHONE = /(?<![\d.,-])(\+\d{1,3}[ ./-]?)?\(?\d{3,5}\)?[ ./-]\d{3,4}[ ./-]\d{3,5}(?![\d-])/;
const PRICE = /([$€£¥]|\b(USD|EUR|GBP))\s?\d+([.,]\d{2})?|\d+([.,]\d{2})?\s?([€£]|(USD|EUR|GBP)\b)/;
const MARKUP = /<\/?[a-z][^>]*>|&([a-z]{2,8}|#\d{2,6});/i;
const REPEATED = /([!?*~#=+])\1+|[★☆►✔❤]|!{2,}/;
const EMOJI = /\p{Extended_Pictographic}(?<![©®™\d#*])/u;

/** Share of capitals from which a text shouts. */
const SHOUT = 0.6;

/** Signs a text carries by which Google demotes or refuses it. Each answers the piece found, or null. */
export const SIGN = {
  placeholder: (text: string): string | null => (PLACEHOLDER.test(text.trim()) ? text.trim() : null),
  address: (text: string): string | null => ADDRESS.exec(text)?.[0] ?? null,
  phone: (text: string): string | null => PHONE.exec(text)?.[0] ?? null,
  price: (text: string): string | null => PRICE.exec(text)?.[0] ?? null,
  markup: (text: string): string | null => MARKUP.exec(text)?.[0] ?? null,
  repeated: (text: string): string | null => REPEATED.exec(text)?.[0] ?? null,
  emoji: (text: string): string | null => EMOJI.exec(text)?.[0] ?? null,
} as const;

/** At least two words of more than six letters in all, most of them capitals. */
export function isShouting(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return text.trim().includes(' ') && letters > 6 && capitals / letters >= SHOUT;
}

/** Scripts of languages that are not written in Latin letters. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu,
  zh: /\p{Script=Han}/gu,
  ko: /\p{Script=Hangul}/gu,
  ru: /\p{Script=Cyrillic}/gu,
  uk: /\p{Script=Cyrillic}/gu,
  bg: /\p{Script=Cyrillic}/gu,
  el: /\p{Script=Greek}/gu,
  ar: /\p{Script=Arabic}/gu,
  he: /\p{Script=Hebrew}/gu,
  th: /\p{Script=Thai}/gu,
};
const LATIN = /\p{Script=Latin}/gu;

/** Whether a text of more than 30 letters has none of the script its language is written in. */
export function isOtherScript(text: string, language: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters <= 30) return false;
  return (text.match(SCRIPTS[language.slice(0, 2).toLowerCase()] ?? LATIN)?.length ?? 0) === 0;
}

/** The complaint about a piece found in a text; nothing where nothing was found. */
export function saysOf(what: string, piece: string | null): string | null {
  return piece === null
    ? null
    : `The ${what} ${what.endsWith('s') ? 'say' : 'says'} "${piece.slice(0, 80)}".`;
}
