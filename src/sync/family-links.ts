import type { FamilyChange } from '../channel/family.js';
import type { JsonObject } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import { refusalOf } from './family-rows.js';
import type { ListingRecord } from './listing-record.js';
import type { PlanEntry } from './plan.js';
import { amendRecords } from './records.js';

/** Where a listing belongs and where the channel has it. */
export interface MemberRow {
  readonly variant_id: number;
  readonly parent: string | null;
  readonly linked: string | null;
  readonly sent_rev: string | null;
  readonly sent_names: string | null;
  /** 1: the channel shows the parent; null: there is none. */
  readonly readable: number | null;
  /** Issue[] of a refused parent, JSON. */
  readonly issues: string | null;
}

/** The family places of variants, by variant id. Empty for a channel without families. */
export async function readMembers(
  desk: Pick<ChannelDesk, 'database' | 'kit'>,
  variantIds: readonly number[],
): Promise<ReadonlyMap<number, MemberRow>> {
  if (desk.kit.connector.family === undefined || variantIds.length === 0) return new Map();
  const rows = await desk.database.all<MemberRow>(
    `SELECT m.variant_id, m.parent, m.linked, m.sent_rev, m.sent_names, f.readable, f.issues
     FROM family_member m LEFT JOIN family f ON f.channel = m.channel AND f.sku = m.parent
     WHERE m.channel = ? AND m.variant_id IN (SELECT id FROM ${desk.database.unfold('r', { id: 'integer' })})`,
    [desk.kit.channel.id, JSON.stringify(variantIds.map((id) => ({ id })))],
  );
  return new Map(rows.map((row) => [row.variant_id, row]));
}

/**
 * New listings whose parent the channel does not show yet wait for it, and say so. What the channel has already is never kept
 * waiting: stock must be told whatever becomes of a family.
 */
export async function withoutOrphans(
  desk: ChannelDesk,
  entries: readonly PlanEntry[],
): Promise<{ readonly ready: readonly PlanEntry[]; readonly waiting: number }> {
  const created = entries.filter((entry) => entry.change === 'create');
  const members = await readMembers(
    desk,
    created.map((entry) => entry.variantId),
  );
  const reasons = new Map<number, string>();
  for (const { variantId } of created) {
    const member = members.get(variantId);
    if (member && member.parent !== null && member.readable !== 1) reasons.set(variantId, waitsFor(member));
  }
  if (reasons.size === 0) return { ready: entries, waiting: 0 };
  await desk.database.transaction((tx) =>
    amendRecords(tx, { channel: desk.kit.channel.id, variantIds: [...reasons.keys()] }, (record) => {
      const reason = reasons.get(record.variant_id) ?? null;
      return record.held === reason ? null : { ...record, held: reason };
    }),
  );
  return { ready: entries.filter((entry) => !reasons.has(entry.variantId)), waiting: reasons.size };
}

function waitsFor({ parent, issues }: MemberRow): string {
  const refusal = refusalOf(issues);
  const name = `the parent ${parent ?? ''} of its variation family`;
  return refusal === null
    ? `waits until the channel shows ${name}`
    : `${name} was refused: ${refusal} Correct it in the catalog or the mapping, or let the mapping make no families.`;
}

/**
 * What an upsert does to the listing's place. A place that stands is not sent again; where it is not known how the channel has
 * the listing now, the whole of it is. Null: it has no family. Pure.
 */
export function familyChangeOf(
  member: MemberRow | undefined,
  record: ListingRecord,
  attributes: JsonObject,
): FamilyChange | null {
  if (member === undefined || (member.parent === null && member.linked === null)) return null;
  const names = member.sent_names === null ? [] : (JSON.parse(member.sent_names) as string[]);
  const gone = names.filter((name) => attributes[name] === undefined);
  const standing =
    record.owned === 1 &&
    record.verdict === 'live' &&
    record.verdict_content_rev !== null &&
    record.verdict_content_rev === member.sent_rev;
  if (member.parent === null) return standing ? { link: 'unset', gone } : { link: 'bare', gone: [] };
  if (member.readable !== 1) return standing ? { link: 'keep', gone } : { link: 'bare', gone: [] };
  return standing && member.linked === member.parent ? { link: 'keep', gone } : { link: 'set', gone: [] };
}

/** A listing about to be sent with its place. */
export interface SentLink {
  readonly variantId: number;
  readonly change: FamilyChange;
  readonly parent: string | null;
  readonly contentRev: string | null;
  readonly names: readonly string[];
}

/** Written before the call; with the verdict on the same content the place sent becomes the place there. */
export async function noteSentLinks(desk: ChannelDesk, links: readonly SentLink[]): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ variantId, change, parent, contentRev, names }) => ({
    id: variantId,
    link: change.link === 'keep' ? null : change.link === 'set' ? parent : '',
    rev: contentRev,
    names: JSON.stringify(names),
  }));
  const columns = { id: 'integer', link: 'text', rev: 'text', names: 'text' } as const;
  await desk.database.run(
    `UPDATE family_member SET sent_link = r.link, sent_rev = r.rev, sent_names = r.names
     FROM ${desk.database.unfold('r', columns)} WHERE family_member.channel = ? AND family_member.variant_id = r.id`,
    [JSON.stringify(rows), desk.kit.channel.id],
  );
}
