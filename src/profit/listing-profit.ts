import type { Money } from '../domain/money.js';
import type { Product } from '../domain/product.js';
import { chooseFees, type KnownFees, shippingCost } from './choose-fees.js';
import type { KeptEstimate } from './fee-estimate.js';
import type { FeeSchedule } from './fee-schedule.js';
import { type Profit, type ProfitGap, profitOf } from './profit.js';

/** What the terms of a channel are: what its prices contain, and what is known of its charges. */
export interface ProfitTerms {
  /** 0 for net prices. */
  readonly taxPercent: number;
  readonly shipping: Money | null;
  readonly schedule: FeeSchedule | null;
  readonly canEstimate: boolean;
  /** Whether the channel ships a listing, by its own word for who does. */
  channelShips(fulfilledBy: string | null): boolean;
  /** Today in the channel's zone, `2026-11-25`. */
  readonly day: string;
}

/** A listing as profits look at it. */
export interface ProfitSubject {
  readonly sku: string;
  readonly title: string | null;
  /** What a buyer pays now; null: the listing has no single price. */
  readonly price: Money | null;
  readonly cost: Money | null;
  readonly product: Pick<Product, 'type' | 'categories'>;
  readonly kind: string | null;
  readonly fulfilledBy: string | null;
  readonly estimate: KeptEstimate | null;
}

/** The profit of one unit of one listing, with every part. Null: not known, and `gaps` says why. */
export interface ListingProfit {
  readonly sku: string;
  readonly title: string | null;
  readonly price: Money | null;
  readonly tax: Money | null;
  readonly fees: KnownFees | null;
  readonly shipping: Money | null;
  readonly cost: Money | null;
  readonly profit: Money | null;
  readonly marginPercent: number | null;
  readonly gaps: readonly ProfitGap[];
  /** What the reader should know of the fees' other source; null: nothing. */
  readonly note: string | null;
}

const NO_PRICE: Pick<Profit, 'profit' | 'marginPercent' | 'gaps'> = {
  profit: null,
  marginPercent: null,
  gaps: [{ part: 'price', why: 'the listing has no single price' }],
};

const NO_SHIPPING =
  'nobody says what sending a unit costs; set `profit.shipping`, or `shipping` in the fee file';
const CHANNEL_SHIPS =
  'the channel ships this listing, and only its own estimate tells what it takes for that; ask with --refresh';

/** Works out what one unit of a listing leaves. Pure. */
export function listingProfit(subject: ProfitSubject, terms: ProfitTerms): ListingProfit {
  const { sku, title, price, cost, product, kind, fulfilledBy, estimate } = subject;
  if (price === null)
    return { sku, title, price, tax: null, fees: null, shipping: null, cost, note: null, ...NO_PRICE };
  const { schedule, canEstimate, taxPercent, day } = terms;
  const types = [product.type, kind].filter((type) => typeof type === 'string');
  const question = { price, types, categories: product.categories ?? [], day };
  const { fees, why, note } = chooseFees({ question, fulfilledBy, schedule, estimate, canEstimate });
  const isChannels = terms.channelShips(fulfilledBy);
  const ours = isChannels ? null : shippingCost(schedule, question, terms.shipping);
  const shipping = fees?.channelShips ? { minor: 0, currency: price.currency } : ours;
  const parts = { price, taxPercent, fees: fees?.total ?? null, shipping, cost };
  const worked = profitOf(parts, {
    fees: why ?? '',
    shipping: isChannels ? CHANNEL_SHIPS : NO_SHIPPING,
    cost: 'the catalog has no cost for this SKU, nor for all it is made of',
  });
  return { sku, title, price, fees, shipping, cost, note, ...worked };
}
