import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Buyer } from '../domain/order.js';
import type { MarkKind } from './buyer-marks.js';
import type { BuyerPlace, BuyerVault } from './buyer-vault.js';
import { forgetConsents } from './consent.js';

/** Whose data: an order's buyer, or everything under an e-mail address or phone number. */
export type PrivacyQuestion =
  | { readonly by: 'order'; readonly channel: string; readonly order: string }
  | { readonly by: MarkKind; readonly value: string };

/** What is kept of a person with one order. */
export interface KeptBuyer {
  readonly channel: string;
  readonly order: string;
  readonly placedAt: Instant;
  readonly buyer: Buyer;
  readonly lines: readonly {
    readonly sku: string;
    readonly title: string | null;
    readonly quantity: number;
  }[];
}

/** Orders of a person whose data is still kept. */
export async function placesOf(
  queries: Queries,
  question: PrivacyQuestion,
  vault: BuyerVault,
): Promise<readonly BuyerPlace[]> {
  const rows =
    question.by === 'order'
      ? await queries.all<PlaceRow>(
          'SELECT channel, external_id FROM order_buyer WHERE channel = ? AND external_id = ?',
          [question.channel, question.order],
        )
      : await queries.all<PlaceRow>(
          'SELECT channel, external_id FROM order_buyer_mark WHERE kind = ? AND mark = ? ORDER BY channel, external_id',
          [question.by, vault.marker(question.by, question.value)],
        );
  return rows.map((row) => ({ channel: row.channel, externalId: row.external_id }));
}

interface PlaceRow {
  readonly channel: string;
  readonly external_id: string;
}

/** Everything kept of a person, for handing out. */
export async function exportBuyer(
  queries: Queries,
  question: PrivacyQuestion,
  vault: BuyerVault,
): Promise<readonly KeptBuyer[]> {
  const kept: KeptBuyer[] = [];
  for (const place of await placesOf(queries, question, vault)) {
    const key = [place.channel, place.externalId];
    const row = await queries.get<{ sealed: string; placed_at: string }>(
      `SELECT b.sealed, o.placed_at FROM order_buyer b JOIN channel_order o ON o.channel = b.channel AND o.external_id = b.external_id
       WHERE b.channel = ? AND b.external_id = ?`,
      key,
    );
    const buyer = row ? await vault.open(place, row.sealed) : null;
    if (!row || buyer === null) continue;
    const lines = await queries.all<KeptBuyer['lines'][number]>(
      'SELECT sku, title, quantity FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
      key,
    );
    kept.push({ channel: place.channel, order: place.externalId, placedAt: row.placed_at, buyer, lines });
  }
  return kept;
}

/**
 * Erases everything kept of a person and writes down that it was done, without the data. The orders stay, without anybody in them. Answers the
 * orders whose buyer was erased.
 */
export async function eraseBuyer(
  tx: Queries,
  question: PrivacyQuestion,
  by: { readonly vault: BuyerVault; readonly actor: string; readonly at: Instant },
): Promise<readonly BuyerPlace[]> {
  const places = await placesOf(tx, question, by.vault);
  await forgetConsents(tx, await marksToForget(tx, question, { vault: by.vault, places }));
  await by.vault.forget(tx, places);
  for (const { channel, externalId } of places)
    await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
      channel,
      externalId,
      'buyer-erased',
      JSON.stringify({ by: by.actor, found: question.by }),
      by.at,
    ]);
  return places;
}

/** E-mail marks of a person, those of the orders found included: what was said under them is erased too. */
async function marksToForget(
  tx: Queries,
  question: PrivacyQuestion,
  { vault, places }: { readonly vault: BuyerVault; readonly places: readonly BuyerPlace[] },
): Promise<readonly string[]> {
  const rows = await tx.all<{ mark: string }>(
    `SELECT m.mark FROM ${tx.unfold('r', { channel: 'text', id: 'text' })} JOIN order_buyer_mark m
     ON m.channel = r.channel AND m.external_id = r.id AND m.kind = 'email'`,
    [JSON.stringify(places.map(({ channel, externalId }) => ({ channel, id: externalId })))],
  );
  const asked = question.by === 'email' ? [vault.marker('email', question.value)] : [];
  return [...rows.map(({ mark }) => mark), ...asked];
}
