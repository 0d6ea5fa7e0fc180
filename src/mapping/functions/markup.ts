import { decodeHTML } from 'entities';

const INLINE_TAG =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|dfn|em|font|i|ins|del|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:[\s/][^<>]*)?>/gi;
const ANY_TAG = /<[a-z/!?][^<>]*>/gi;
const BREAKING_TAG =
  /<(?:\/?(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)|br)(?:[\s/][^<>]*)?>/gi;
// Comments, scripts and angle brackets inside quoted attributes: only these need the careful way.
const NEEDS_CARE = /<!--|<(?:script|style|template|noscript|head|title)\b|=\s*"[^"<>]*[<>]|=\s*'[^'<>]*[<>]/i;
const DROPPED = new Set(['script', 'style', 'template', 'noscript', 'head', 'title']);
// Single plain blanks, by far the most, stay where they are.
const BLANKS = /\s{2,}|[^\S ]/g;

/** HTML to one line of text: tags out, entities decoded, script and style dropped, single blanks. */
export function htmlToLine(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return oneLine(html);
  const text = simplified(html).replace(INLINE_TAG, '').replace(ANY_TAG, ' ');
  return oneLine(decoded(text));
}

/** HTML or plain text to its lines: paragraphs, breaks and list items, blank ones left out. */
export function htmlToLines(html: string): string[] {
  const simple = html.includes('<') ? simplified(html) : html;
  const marked = simple.replace(BREAKING_TAG, '\u0000');
  // Line ends are only blanks in HTML, but they are the lines of a plain text.
  const text = marked.includes('\u0000')
    ? marked.replace(/[\r\n]+/g, ' ')
    : marked.replace(/\r?\n|\r/g, '\u0000');
  const bare = text.replace(INLINE_TAG, '').replace(ANY_TAG, ' ');
  return bare
    .split('\u0000')
    .map((line) => oneLine(decoded(line)))
    .filter((line) => line !== '');
}

function oneLine(text: string): string {
  return text.replace(BLANKS, ' ').trim();
}

function decoded(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}

/** Without comments and dropped elements, tags without attributes: safe for the patterns above. */
function simplified(html: string): string {
  return NEEDS_CARE.test(html) ? carefully(html) : html;
}

function carefully(html: string): string {
  let made = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) return made + html.slice(at);
    made += html.slice(at, open);
    const piece = pieceAt(html, open);
    made += piece.text;
    at = piece.end;
  }
  return made;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** What stands at a `<`: a comment, a tag, an element that is dropped whole, or just the sign. */
function pieceAt(html: string, open: number): Piece {
  if (html.startsWith('<!--', open)) return { text: '', end: endOf(html, '-->', open + 4) };
  const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(html.slice(open, open + 24))?.[1]?.toLowerCase();
  if (name === undefined)
    return { text: /[!?]/.test(html[open + 1] ?? '') ? '' : '<', end: markEnd(html, open) };
  const end = tagEnd(html, open + 1);
  if (!DROPPED.has(name)) return { text: `<${name}>`, end };
  const closing = closingTag(html, name, end);
  return { text: ' ', end: closing };
}

function markEnd(html: string, open: number): number {
  return /[!?]/.test(html[open + 1] ?? '') ? endOf(html, '>', open) : open + 1;
}

/** The place behind a tag's `>`, quotes respected. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const sign = html[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if ((sign === '"' || sign === "'") && /[=\s]/.test(html[at - 1] ?? '')) quote = sign;
    else if (sign === '>') return at + 1;
  }
  return html.length;
}

function closingTag(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[^<>]*>`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html) ? closing.lastIndex : html.length;
}

function endOf(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}
