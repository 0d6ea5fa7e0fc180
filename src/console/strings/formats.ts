import { language, say } from './say.js';

/** An amount as the API tells it: integer minor units and the ISO code of its own currency. */
export interface Amount {
  readonly minor: number;
  readonly currency: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(language(), options);
  made.set(key, known);
  return known as Intl.NumberFormat;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(language(), options);
  made.set(key, known);
  return known as Intl.DateTimeFormat;
}

/** `48,210`. Always exact. */
export function count(value: number): string {
  return numberFormat({}).format(value);
}

/** `46.9k`: inside bars only, with the exact number on focus. Exact up to 9,999. */
export function shortCount(value: number): string {
  return value < 10_000
    ? count(value)
    : numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A share of 1: `4.2%`, and without decimals from 10 %. */
export function percent(share: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0 }).format(
    share,
  );
}

/** `183.99 USD`: with the decimals of its own currency, the currency always named, never converted. */
export function money({ minor, currency }: Amount): string {
  const format = numberFormat({ style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const shown = numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${shown.format(minor / 10 ** digits)} ${currency}`;
}

/** `1.2K` of 123456 cents: beside an axis whose heading names the currency. */
export function shortMoney({ minor, currency }: Amount): string {
  const digits = numberFormat({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(minor / 10 ** digits);
}

/** The full instant with its zone, for focus and hover: `Monday, 23 November 2026 at 14:02:11 UTC+1`. */
export function fullInstant(instant: string): string {
  return dateFormat({ dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant));
}

/** `14:02` today, `Mon 23 Nov, 14:02` within a week, else with the year. */
export function moment(instant: string, now: number = Date.now()): string {
  const at = new Date(instant);
  const time = dateFormat({ hour: '2-digit', minute: '2-digit' }).format(at);
  if (new Date(now).toDateString() === at.toDateString()) return time;
  const near = Math.abs(now - at.getTime()) < 7 * DAY;
  const day = dateFormat(
    near
      ? { weekday: 'short', day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(at);
  return say('format.day_time', { day, time });
}

/** Relative under a day (`12 min ago`, `in 4 min`), else the moment. */
export function age(instant: string, now: number = Date.now()): string {
  const distance = now - new Date(instant).getTime();
  const size = Math.abs(distance);
  if (size >= DAY) return moment(instant, now);
  if (size < 5_000) return say('format.now');
  return say(distance > 0 ? 'format.ago' : 'format.ahead', { span: duration(size) });
}

/** `3 s`, `9 min`, `2 h 10 min`, `4 d`: two units at most. */
export function duration(ms: number): string {
  if (ms < MINUTE) return say('format.seconds', { n: Math.max(1, Math.round(ms / 1000)) });
  const whole = Math.round(ms / MINUTE); // first, or 59.6 minutes would be "60 min"
  if (whole < 60) return say('format.minutes', { n: whole });
  if (ms >= DAY) return say('format.days', { n: Math.round(ms / DAY) });
  const hours = Math.floor(whole / 60);
  const minutes = whole % 60;
  return minutes === 0 ? say('format.hours', { n: hours }) : say('format.hours_minutes', { hours, minutes });
}

/** `today`, `2 Nov`, `2 Nov 2025`: the day of an instant, for "since …". */
export function day(instant: string, now: number = Date.now()): string {
  const at = new Date(instant);
  if (new Date(now).toDateString() === at.toDateString()) return say('format.today');
  const sameYear = new Date(now).getFullYear() === at.getFullYear();
  return dateFormat({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}
