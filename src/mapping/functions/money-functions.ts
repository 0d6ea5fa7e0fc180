import { isCurrencyCode, type Money, majorUnits, moneyOf, moneyText } from '../../domain/money.js';
import { asList, asMoney, asNumber, asText } from './arguments.js';
import { isBlankText } from './blank.js';
import { sameCurrency } from './compare.js';
import { BadData, type FunctionDefinition } from './definition.js';
import {
  convertMoney,
  endingIn,
  percentAdded,
  priceFor,
  readPrice,
  taxRemoved,
  upToStep,
} from './money-sums.js';

const group = 'Money';

/** Amounts: whole numbers of minor units, rounded once, at the end. */
export const MONEY: readonly FunctionDefinition[] = [
  {
    name: 'money',
    group,
    signatures: ['money(Money): string'],
    doc: "as channels write it: point, currency's own digits, code",
    example: { source: 'money(variant.price)', result: '"34.00 USD"' },
    prepare: () => (_context, amount) => moneyText(asMoney(amount)),
  },
  {
    name: 'price',
    group,
    signatures: ['price(string): Money', 'price(double, string): Money'],
    doc: 'an amount from `"4.90 EUR"`, or from major units and a currency',
    example: { source: 'price("4.90 EUR")', result: '490 minor units, EUR' },
    prepare: () => (_context, value, currency) => {
      if (currency !== undefined) return fromMajor(asNumber(value), asText(currency));
      return isBlankText(asText(value)) ? null : readPrice(asText(value));
    },
  },
  {
    name: 'amount',
    group,
    signatures: ['amount(Money): double'],
    doc: 'the amount in major units, for comparing with numbers',
    example: { source: 'amount(variant.price) < 50', result: 'true' },
    prepare: () => (_context, amount) => majorUnits(asMoney(amount)),
  },
  {
    name: 'addPercent',
    group,
    signatures: ['addPercent(Money, double): Money'],
    doc: 'adds (or with a minus takes off) percent; rounds half up to the smallest coin',
    example: { source: 'money(addPercent(variant.price, 8.1))', result: '"36.75 USD"' },
    prepare: () => (_context, amount, percent) => percentAdded(asMoney(amount), asNumber(percent)),
  },
  {
    name: 'withoutTax',
    group,
    signatures: ['withoutTax(Money, double): Money'],
    doc: 'net price from a gross price and a rate in percent',
    example: { source: 'money(withoutTax(price("119.00 EUR"), 19))', result: '"100.00 EUR"' },
    prepare: () => (_context, amount, rate) => taxRemoved(asMoney(amount), asNumber(rate)),
  },
  {
    name: 'convert',
    group,
    signatures: ['convert(Money, string): Money'],
    doc: "into another currency with the run's rate table; nothing if the rate is unknown",
    example: { source: 'money(convert(variant.price, "EUR"))', result: '"31.28 EUR"' },
    prepare: () => (context, amount, currency) =>
      convertMoney(asMoney(amount), asText(currency), context.rates),
  },
  {
    name: 'roundUpTo',
    group,
    signatures: ['roundUpTo(Money, Money): Money'],
    doc: 'up to the next multiple of a step',
    example: {
      source: 'money(roundUpTo(price("36.72 USD"), price("0.05 USD")))',
      result: '"36.75 USD"',
    },
    prepare: () => (_context, amount, step) => upToStep(asMoney(amount), asMoney(step)),
  },
  {
    name: 'endIn',
    group,
    signatures: ['endIn(Money, int): Money'],
    doc: 'up to the next price ending in these cents (charm prices)',
    example: { source: 'money(endIn(price("36.72 USD"), 99))', result: '"36.99 USD"' },
    prepare: () => (_context, amount, ending) => endingIn(asMoney(amount), asNumber(ending)),
  },
  {
    name: 'percentOff',
    group,
    signatures: ['percentOff(Money, Money): int'],
    doc: 'whole percent by which the second is below the first, rounded down',
    example: { source: 'percentOff(price("40.00 USD"), price("30.00 USD"))', result: '25' },
    prepare: () => (_context, full, reduced) => percentOff(asMoney(full), asMoney(reduced)),
  },
  {
    name: 'margin',
    group,
    signatures: ['margin(Money, Money): double'],
    doc: 'profit as percent of the price',
    example: { source: 'margin(variant.price, variant.cost)', result: '50' },
    prepare: () => (_context, price, cost) => margin(asMoney(price), asMoney(cost)),
  },
  {
    name: 'priceFor',
    group,
    signatures: [
      'priceFor(list<Price>, string, string): Money',
      'priceFor(list<Price>, string, string, string): Money',
    ],
    doc: 'from a price list: this country first, then without country; right currency; no store; of the customer group given last, else of none',
    example: { source: 'money(priceFor(variant.prices, "DE", "EUR"))', result: '"31.00 EUR"' },
    prepare:
      () =>
      (_context, prices, country, currency, customers = '') =>
        priceFor(asList(prices), {
          country: asText(country),
          currency: asText(currency),
          group: asText(customers),
        }),
  },
];

function fromMajor(major: number, currency: string): Money {
  const code = currency.trim().toUpperCase();
  if (!isCurrencyCode(code)) {
    throw new BadData(`"${currency}" is not a currency code`, '"…" is not a currency code');
  }
  const money = moneyOf(major, code);
  if (money) return money;
  throw new BadData(`${major} ${code} is too large`, '… is too large');
}

/** Never negative: a price that was raised is 0 percent below the old one. */
function percentOff(full: Money, reduced: Money): number {
  sameCurrency(full, reduced);
  if (full.minor <= 0) throw notAPrice(full);
  return Math.max(0, Math.floor(((full.minor - reduced.minor) * 100) / full.minor));
}

function margin(price: Money, cost: Money): number {
  sameCurrency(price, cost);
  if (price.minor <= 0) throw notAPrice(price);
  return ((price.minor - cost.minor) * 100) / price.minor;
}

function notAPrice(money: Money): BadData {
  const text = moneyText(money);
  return new BadData(`${text} is not a price above zero`, '… is not a price above zero');
}
