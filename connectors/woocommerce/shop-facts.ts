import type { Host } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { API } from './api-version.js';
import type { WooClient } from './client.js';
import type { WooSettings } from './settings.js';

/** What every port of one shop works with. */
export interface WooWork {
  readonly client: WooClient;
  readonly settings: WooSettings;
  readonly host: Host;
  /** Asked once per process; a failure is asked again the next time. */
  facts(): Promise<ShopFacts>;
}

/** The shop's own rules that amounts and measures depend on. */
export interface ShopFacts {
  readonly currency: string;
  /** Whether prices are entered with tax; null: the shop calculates none. */
  readonly pricesIncludeTax: boolean | null;
  readonly weightUnit: string;
  readonly dimensionUnit: string;
}

/** Reads the shop's settings. The key's user must be a shop manager. */
export async function readFacts(client: WooClient): Promise<ShopFacts> {
  const group = async (id: string): Promise<ReadonlyMap<string, string>> => {
    const rows = await client.list({ operation: 'settings', route: `${API}/settings/${id}` });
    return new Map(rows.map((row: JsonObject) => [String(row.id), String(row.value ?? '')]));
  };
  const general = await group('general');
  const products = await group('products');
  const taxed = general.get('woocommerce_calc_taxes') === 'yes';
  const tax = taxed ? await group('tax') : new Map<string, string>();
  return {
    currency: general.get('woocommerce_currency') ?? '',
    pricesIncludeTax: taxed ? tax.get('woocommerce_prices_include_tax') === 'yes' : null,
    weightUnit: products.get('woocommerce_weight_unit') ?? '',
    dimensionUnit: products.get('woocommerce_dimension_unit') ?? '',
  };
}

/** Something asked once per process; a failure is asked again the next time. */
export function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let held: Promise<Answer> | null = null;
  return () => {
    held ??= ask().catch((error: unknown) => {
      held = null;
      throw error;
    });
    return held;
  };
}
