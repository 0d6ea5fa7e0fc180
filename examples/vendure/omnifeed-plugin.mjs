/**
 * What a Vendure shop (3.7) needs so that marketplace orders can be placed in it exactly once and with exactly the amounts the buyer paid.
 * Copy the file into the project of the shop and add the plugin to its configuration:
 *
 *   import * as vendure from '@vendure/core';
 *   import { omnifeedPlugin } from './omnifeed-plugin.mjs';
 *   export const config = { …, plugins: [ …, omnifeedPlugin(vendure) ] };
 *
 * Let the shop bring its database up to date afterwards (a migration, or `synchronize`), then run
 * `omnifeed channel <shop> prepare-shop`. Orders of the web shop are treated as before.
 */

/** The connector says with it that a call of the admin API places a marketplace order, which is taken whatever the stock. */
const HEADER = 'omnifeed-channel-order';

/** Not public: shoppers can neither see nor set any of it, above all not a price. */
const hidden = (field) => ({ nullable: true, public: false, ...field });

const ORDER_FIELDS = [
  // The database itself refuses a second order under the same key.
  { name: 'channelOrderId', type: 'string', unique: true },
  { name: 'channelShipping', type: 'int' },
  { name: 'channelShippingTaxRate', type: 'float' },
  { name: 'channelCollectedTax', type: 'int' },
  { name: 'channelNote', type: 'text' },
];
const LINE_FIELDS = [
  { name: 'channelLineId', type: 'string' },
  { name: 'channelUnitPrice', type: 'int' },
  { name: 'channelTaxRate', type: 'float' },
];

export function omnifeedPlugin(vendure) {
  const { LanguageCode, PluginCommonModule, ShippingCalculator, ShippingEligibilityChecker, VendurePlugin } = vendure;
  const text = (value) => [{ languageCode: LanguageCode.en, value }];

  const shippingOfChannel = new ShippingCalculator({
    code: 'omnifeed-channel-shipping',
    description: text('What the marketplace charged for shipping'),
    args: {},
    calculate: (_ctx, { customFields }) => ({
      price: customFields?.channelShipping ?? 0,
      taxRate: customFields?.channelShippingTaxRate ?? 0,
      priceIncludesTax: true,
    }),
  });
  const channelOrdersOnly = new ShippingEligibilityChecker({
    code: 'omnifeed-channel-orders-only',
    description: text('Orders of marketplaces; never offered to shoppers'),
    args: {},
    check: (_ctx, order) => isChannelOrder(order),
  });

  class OmnifeedPlugin {}
  VendurePlugin({
    imports: [PluginCommonModule],
    compatibility: '^3.6.0',
    configuration(config) {
      const { catalogOptions, customFields, orderOptions, promotionOptions, shippingOptions, taxOptions } = config;
      customFields.Order.push(...ORDER_FIELDS.map(hidden));
      customFields.OrderLine.push(...LINE_FIELDS.map(hidden));
      shippingOptions.shippingCalculators.push(shippingOfChannel);
      shippingOptions.shippingEligibilityCheckers.push(channelOrdersOnly);
      givenPrices(orderOptions.orderItemPriceCalculationStrategy);
      givenTaxes(taxOptions.taxLineCalculationStrategy);
      alwaysTaken(catalogOptions.stockLocationStrategy);
      for (const condition of promotionOptions.promotionConditions ?? []) neverOnChannelOrders(condition);
      return config;
    },
  })(OmnifeedPlugin);
  return OmnifeedPlugin;
}

function isChannelOrder(order) {
  return Boolean(order?.customFields?.channelOrderId);
}

/** The price the buyer paid, tax included; every other line is priced as the shop does. */
function givenPrices(strategy) {
  const own = strategy.calculateUnitPrice.bind(strategy);
  strategy.calculateUnitPrice = (ctx, variant, fields, ...rest) =>
    typeof fields?.channelUnitPrice === 'number'
      ? { price: fields.channelUnitPrice, priceIncludesTax: true }
      : own(ctx, variant, fields, ...rest);
}

function givenTaxes(strategy) {
  const own = strategy.calculate.bind(strategy);
  strategy.calculate = (args) => {
    const rate = args.orderLine.customFields?.channelTaxRate;
    return typeof rate === 'number' ? [{ description: `${rate} %`, taxRate: rate }] : own(args);
  };
}

/** A paid order is taken even when the stock is short, and what is short is still counted as promised. */
function alwaysTaken(strategy) {
  const available = strategy.getAvailableStock.bind(strategy);
  strategy.getAvailableStock = async (ctx, ...rest) =>
    places(ctx) ? { stockOnHand: 1_000_000_000, stockAllocated: 0 } : available(ctx, ...rest);
  const allocate = strategy.forAllocation.bind(strategy);
  strategy.forAllocation = async (ctx, locations, line, quantity) => {
    const found = await allocate(ctx, locations, line, quantity);
    if (!places(ctx)) return found;
    let open = quantity;
    const taken = found.map(({ location, quantity: units }) => {
      const some = Math.min(units, open);
      open -= some;
      return { location, quantity: some };
    });
    const at = taken[0] ?? { location: locations[0], quantity: 0 };
    return [{ ...at, quantity: at.quantity + open }, ...taken.slice(1)];
  };
}

function places(ctx) {
  return ctx.apiType === 'admin' && ctx.req?.headers?.[HEADER] === '1';
}

/** The marketplace has its own promotions; the shop's would change what was paid. */
function neverOnChannelOrders(condition) {
  const own = condition.check.bind(condition);
  condition.check = async (ctx, order, ...rest) => (isChannelOrder(order) ? false : own(ctx, order, ...rest));
}
