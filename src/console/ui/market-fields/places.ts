import { language } from '../../strings/say.js';
import type { Choice } from '../select/select.js';

/** Where something is sold. */
export interface Market {
  /** ISO 3166-1, capitals. */
  readonly country: string;
  /** ISO 639-1. */
  readonly language: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone. */
  readonly zone: string;
}

/** Codes the browser has names for that are no countries, or none any more. */
const NO_COUNTRY = 'AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT QO SU TA TP UK UN XA XB YD YU ZR ZZ'.split(' ');
const EURO = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');
/** Currencies of the countries most shops are in; others are chosen. */
const CURRENCIES: Readonly<Record<string, string>> = {
  AE: 'AED',
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IN: 'INR',
  JP: 'JPY',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RO: 'RON',
  SA: 'SAR',
  SE: 'SEK',
  SG: 'SGD',
  TR: 'TRY',
  US: 'USD',
  ZA: 'ZAR',
};
const LANGUAGES =
  'ar bg cs da de el en es et fi fr he hr hu it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk vi zh'.split(
    ' ',
  );

/** Countries by name. */
export function countries(): readonly Choice[] {
  const names = new Intl.DisplayNames(language(), { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
    (code) => !NO_COUNTRY.includes(code),
  );
  return sorted(codes.flatMap((id) => named(id, names.of(id))));
}

/** Currencies by code, with their names. */
export function currencies(): readonly Choice[] {
  const names = new Intl.DisplayNames(language(), { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((id) => ({ id, label: `${id} · ${names.of(id) ?? id}` }));
}

/** Languages texts of products are written in, by name. */
export function languages(): readonly Choice[] {
  const names = new Intl.DisplayNames(language(), { type: 'language' });
  return sorted(LANGUAGES.flatMap((id) => named(id, names.of(id))));
}

/** Time zones. */
export function zones(): readonly Choice[] {
  return Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id }));
}

/** What the browser lets guess of where its user sells. */
export function guessedMarket(): Market {
  const locale = new Intl.Locale(navigator.language).maximize();
  const country = locale.region ?? 'US';
  return {
    country,
    language: locale.language,
    currency: currencyOf(country) ?? '',
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The currency of a country, where it goes without saying. */
export function currencyOf(country: string): string | undefined {
  return EURO.includes(country) ? 'EUR' : CURRENCIES[country];
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function named(id: string, label: string | undefined): Choice[] {
  return label === undefined || label === id ? [] : [{ id, label }];
}

function sorted(choices: readonly Choice[]): readonly Choice[] {
  const { compare } = new Intl.Collator(language());
  return [...choices].sort((a, b) => compare(a.label, b.label));
}
