import type { StoredOverride } from '../catalog/override-rows.js';
import { listOverrides, setOverride } from '../catalog/overrides.js';
import { type CatalogRow, variantsById } from '../catalog/store.js';
import type { ChannelItem, ItemPort } from '../channel/item-port.js';
import { gtinDigits, gtinProblem } from '../domain/gtin.js';
import type { ChannelDesk } from './channel-desk.js';
import { desireChannel } from './desire.js';

/** A SKU and the items of the channel's catalog that have its code. */
export interface ItemMatch {
  readonly sku: string;
  readonly code: string;
  readonly items: readonly ChannelItem[];
}

/** What looking for items found. `asked` = `matched` + `ambiguous` + `notFound`. */
export interface ItemMatches {
  readonly asked: number;
  /** One item each. */
  readonly matched: readonly ItemMatch[];
  /** Several items have the code: a person decides. */
  readonly ambiguous: readonly ItemMatch[];
  readonly notFound: number;
  /** SKUs without a valid code: nothing to look for. */
  readonly withoutCode: number;
  /** Overrides written. */
  readonly written: number;
}

const PAGE = 500;

/**
 * Looks for the items of a channel's catalog that our unlisted SKUs are, by GTIN. `write`: an item that is the only one is fixed as an
 * override of its SKU on this channel, beside what else is fixed there; of several none is ever chosen. SKUs whose item is fixed already
 * are not asked about. Throws a ChannelError when the channel cannot be asked; what was written before stays.
 */
export async function matchItems(
  desk: ChannelDesk,
  port: ItemPort,
  wish: { readonly write: boolean; readonly actor: string },
): Promise<ItemMatches> {
  await desireChannel(desk);
  const fixed = await fixedOf(desk);
  const found = { asked: 0, notFound: 0, withoutCode: 0 };
  const matched: ItemMatch[] = [];
  const ambiguous: ItemMatch[] = [];
  for await (const rows of unlisted(desk)) {
    const open = rows.filter(({ sku }) => fixed.get(sku)?.attributes?.[port.attribute] === undefined);
    const coded = open.flatMap(({ sku, variant }) => {
      const code = variant.gtin === undefined ? '' : gtinDigits(variant.gtin);
      return code !== '' && gtinProblem(code) === null ? [{ sku, code }] : [];
    });
    found.withoutCode += open.length - coded.length;
    found.asked += coded.length;
    const items = await port.find(coded.map(({ code }) => code));
    for (const { sku, code } of coded) {
      const match = { sku, code, items: items.get(code) ?? [] };
      if (match.items.length === 0) found.notFound += 1;
      else if (match.items.length > 1) ambiguous.push(match);
      else matched.push(match);
    }
  }
  if (wish.write)
    for (const match of matched)
      await fix(desk, { match, attribute: port.attribute, actor: wish.actor, before: fixed.get(match.sku) });
  return { ...found, matched, ambiguous, written: wish.write ? matched.length : 0 };
}

/** What is fixed by hand on the channel, by SKU. */
async function fixedOf({ database, kit }: ChannelDesk): Promise<ReadonlyMap<string, StoredOverride>> {
  const overrides = await listOverrides(database, kit.channel.id);
  return new Map(overrides.filter(({ scope }) => scope === 'variant').map((each) => [each.key, each]));
}

/** Variants that should be listed and are not, page by page. */
async function* unlisted({ database, kit }: ChannelDesk): AsyncGenerator<CatalogRow[]> {
  for (let after = -1; ; ) {
    const page = await database.all<{ id: number }>(
      `SELECT variant_id AS id FROM listing WHERE channel = ? AND owned = 0 AND state IN ('listed', 'blocked') AND variant_id > ?
       ORDER BY variant_id LIMIT ?`,
      [kit.channel.id, after, PAGE],
    );
    const ids = page.map(({ id }) => id);
    yield await variantsById(database, ids);
    after = ids[ids.length - 1] ?? after;
    if (page.length < PAGE) return;
  }
}

interface Fix {
  readonly match: ItemMatch;
  readonly attribute: string;
  readonly actor: string;
  readonly before: StoredOverride | undefined;
}

function fix(desk: ChannelDesk, { match, attribute, actor, before }: Fix): Promise<void> {
  const { attributes = {}, exclude } = before ?? {};
  return setOverride(
    desk.database,
    {
      channel: desk.kit.channel.id,
      scope: 'variant',
      key: match.sku,
      attributes: { ...attributes, [attribute]: match.items[0]?.id ?? null },
      ...(exclude === undefined ? {} : { exclude }),
    },
    { actor, at: desk.clock.now() },
  );
}
