import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';

/** Currencies of countries Google sells in (ISO 3166, ISO 4217). Those of others are not checked. */
const CURRENCIES: Readonly<Record<string, string>> = {
  ...{ US: 'USD', EC: 'USD', CA: 'CAD', MX: 'MXN', BR: 'BRL', AR: 'ARS', GB: 'GBP', CH: 'CHF', SE: 'SEK' },
  ...{ NO: 'NOK', DK: 'DKK', PL: 'PLN', CZ: 'CZK', HU: 'HUF', RO: 'RON', TR: 'TRY', JP: 'JPY', KR: 'KRW' },
  ...{ AU: 'AUD', NZ: 'NZD', IN: 'INR', SG: 'SGD', ZA: 'ZAR', AE: 'AED', SA: 'SAR', IL: 'ILS' },
  ...{ DE: 'EUR', FR: 'EUR', IT: 'EUR', ES: 'EUR', NL: 'EUR', BE: 'EUR', AT: 'EUR', IE: 'EUR', PT: 'EUR' },
  ...{ FI: 'EUR', GR: 'EUR', SK: 'EUR', SI: 'EUR', EE: 'EUR', LV: 'EUR', LT: 'EUR', LU: 'EUR', HR: 'EUR' },
};

/**
 * Countries a product is shown in: those of its data source, else its feed label where that is a country, else the account's own
 * (datasources v1, verified 2026-11-23).
 */
export function countriesOf(source: JsonObject | null, feedLabel: unknown, own: string): readonly string[] {
  const primary = source?.primaryProductDataSource;
  const countries = isJsonObject(primary) ? primary.countries : undefined;
  if (isJsonArray(countries) && countries.length > 0) return countries.map(String);
  return typeof feedLabel === 'string' && CURRENCIES[feedLabel] !== undefined ? [feedLabel] : [own];
}

/** What prices must be in to be shown in one of the countries; empty: nobody knows. */
export function currenciesOf(countries: readonly string[]): ReadonlySet<string> {
  const known = countries.map((country) => CURRENCIES[country]);
  return new Set(known.includes(undefined) ? [] : known.filter((currency) => currency !== undefined));
}
