/**
 * The text the checker sees: three replacements that keep every offset, so that its ranges fit the merchant's text.
 * `null` becomes a variable that fits any type (next to `==` one that may be compared with anything), `has(` becomes an
 * ordinary function (CEL's own checks no field names), `vars.x` becomes the variable `vars_x` (likewise `params`, `listing`).
 */
export function asCheckerText(text: string): string {
  let result = '';
  let before = '';
  for (const token of tokens(text)) {
    result += token.isWord ? edited(token.text, before, text.slice(token.end)) : token.text;
    if (token.isCode) before = (before + token.text).slice(-12);
  }
  return joinedGroups(result, text);
}

interface Token {
  readonly text: string;
  readonly end: number;
  readonly isWord: boolean;
  /** Neither blank nor comment. */
  readonly isCode: boolean;
}

// Strings (raw, triple or simple), comments, words, blanks, or any single character.
const TOKEN =
  /([bBrR]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'))|(\/\/[^\n]*|\s+)|([A-Za-z_][A-Za-z0-9_]*)|([\s\S])/;

function* tokens(text: string): Generator<Token> {
  const pattern = new RegExp(TOKEN, 'gy');
  for (let match = pattern.exec(text); match !== null && match[0] !== ''; match = pattern.exec(text)) {
    const isWord = match[3] !== undefined;
    yield { text: match[0], end: pattern.lastIndex, isWord, isCode: match[2] === undefined };
  }
}

function edited(word: string, before: string, after: string): string {
  const isMember = before.endsWith('.');
  if (word === 'null' && !isMember) {
    return /[=!]=$/.test(before) || /^\s*[=!]=/.test(after) ? 'nul_' : 'none';
  }
  if (word === 'has' && /^\s*\(/.test(after)) return 'h__';
  if (/^(vars|params|listing)$/.test(word) && !isMember && /^\.[A-Za-z_]/.test(after)) return `${word}\u0000`;
  return word;
}

/** A zero character marks the group names whose dot is to become part of the name. */
function joinedGroups(marked: string, original: string): string {
  if (!marked.includes('\u0000')) return marked;
  return original.includes('\u0000') ? original : marked.replaceAll('\u0000.', '_');
}
