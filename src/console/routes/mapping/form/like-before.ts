/** What somebody typed as the kind of value that stood there: numbers stay numbers. */
export function likeBefore(text: string, before: string | number | boolean): string | number | boolean {
  if (typeof before === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
