/** `AB12` → 27: the column of a cell reference, from 0. */
export function columnNumber(reference: string): number {
  let number = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0);
    if (code < 65 || code > 90) break;
    number = number * 26 + code - 64;
  }
  return number - 1;
}

/** A number as people read it: `1.1000000000000001` → `1.1`, `4.006381333931E12` → `4006381333931`. */
export function plainNumber(text: string): string {
  if (/^-?\d{1,15}$/.test(text)) return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return text;
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return number.toFixed(0);
  const rounded = String(Number(number.toPrecision(15)));
  return rounded.includes('e') ? number.toFixed(10).replace(/0+$/, '') : rounded;
}

/** Days since Excel's epoch → `2026-11-27` or `2026-11-27 08:30:00`. A workbook has no time zone. */
export function excelDate(text: string, epoch1904: boolean): string {
  const days = Number(text);
  if (!Number.isFinite(days) || days <= 0) return text;
  const epochDays = epoch1904 ? 24_107 : 25_569;
  const seconds = Math.round((days - epochDays) * 86_400);
  const iso = new Date(seconds * 1_000).toISOString();
  return days % 1 === 0 ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** Whether a number format shows a date or time (ECMA-376 part 1, 18.8.30). */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}
