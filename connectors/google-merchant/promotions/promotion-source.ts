import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';
import { createDataSource, listDataSources } from '../data-source-calls.js';

/** The API data source promotions of one language and country live in. */
export interface PromotionSource {
  /** Its full name; found or, when there is none of ours, created. */
  name(): Promise<string>;
  /** Google refused it: it is looked up again next time. */
  forget(): void;
}

/** Finds the source that carries our display name and fits; creates it otherwise. Creating is not idempotent, so the list is read first. */
export function promotionSource(
  client: MerchantClient,
  market: { readonly contentLanguage: string; readonly targetCountry: string },
): PromotionSource {
  const { contentLanguage, targetCountry } = market;
  const displayName = `Omnifeed promotions ${contentLanguage}/${targetCountry} (managed, do not edit)`;
  let underWay: Promise<string> | null = null;

  function fits(source: JsonObject): boolean {
    const of = source.promotionDataSource;
    return (
      source.displayName === displayName &&
      source.input === 'API' &&
      isJsonObject(of) &&
      of.contentLanguage === contentLanguage &&
      of.targetCountry === targetCountry
    );
  }

  async function find(): Promise<string> {
    const names = (await listDataSources(client)).filter(fits).map((source) => String(source.name));
    // Two creators at once may have made two: everybody takes the same one.
    const [first] = names.sort();
    if (first !== undefined) return first;
    const promotionDataSource = { contentLanguage, targetCountry };
    return String((await createDataSource(client, { displayName, promotionDataSource })).name);
  }

  return {
    name() {
      underWay ??= find().catch((error: unknown) => {
        underWay = null;
        throw error;
      });
      return underWay;
    },
    forget() {
      underWay = null;
    },
  };
}
