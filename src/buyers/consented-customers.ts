import type { Database } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Buyer } from '../domain/order.js';
import type { BuyerVault } from './buyer-vault.js';
import { type StandingConsent, standingConsents } from './consent.js';

/** A person who agreed, as their latest order knows them. */
export interface Customer {
  readonly email: string;
  readonly buyer: Buyer;
  /** Orders that were not cancelled. */
  readonly orders: number;
  readonly firstOrderAt: Instant;
  readonly lastOrderAt: Instant;
  readonly channels: readonly string[];
  readonly consent: StandingConsent;
}

/** Orders whose buyer is kept, by what became of them: seen = handedOut + the rest. */
export interface CustomerCounts {
  readonly seen: number;
  readonly handedOut: number;
  /** The channel does not allow marketing use, whatever the buyer said. */
  readonly forbidden: number;
  readonly noConsent: number;
  readonly withdrawn: number;
  /** There is no address by which a consent could be found, or the buyer was forgotten meanwhile. */
  readonly unknown: number;
}

/** Where customers are looked for. */
export interface CustomerSource {
  readonly database: Database;
  readonly vault: BuyerVault;
  /** Channels whose rules allow handing buyers to marketing tools. */
  readonly allowed: readonly string[];
}

interface OrderRow {
  readonly channel: string;
  readonly external_id: string;
  readonly sealed: string;
  readonly mark: string | null;
  readonly placed_at: string;
  readonly status: string;
}

const PAGE = 500;

/**
 * Everybody who may be handed to CRM and marketing tools: bought on a channel that allows it, and their latest recorded word is a consent. One entry a
 * person, sorted by address. Buyers of other channels are not even opened.
 */
export async function consentedCustomers(
  source: CustomerSource,
): Promise<{ readonly customers: readonly Customer[]; readonly counts: CustomerCounts }> {
  const counts = { seen: 0, handedOut: 0, forbidden: 0, noConsent: 0, withdrawn: 0, unknown: 0 };
  const people = new Map<string, Customer>();
  for (let last = { channel: '', external_id: '' }; ; ) {
    const page = await source.database.all<OrderRow>(
      `SELECT b.channel, b.external_id, b.sealed, m.mark, o.placed_at, o.status FROM order_buyer b
       JOIN channel_order o ON o.channel = b.channel AND o.external_id = b.external_id
       LEFT JOIN order_buyer_mark m ON m.channel = b.channel AND m.external_id = b.external_id AND m.kind = 'email'
       WHERE (b.channel, b.external_id) > (?, ?) ORDER BY b.channel, b.external_id LIMIT ?`,
      [last.channel, last.external_id, PAGE],
    );
    const marks = page.flatMap(({ mark }) => mark ?? []);
    const consents = await standingConsents(source.database, marks);
    for (const row of page) {
      counts.seen += 1;
      counts[await sorted(source, { row, consents }, people)] += 1;
    }
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) break;
    last = end;
  }
  const customers = [...people.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
  return { customers, counts };
}

async function sorted(
  { allowed, vault }: CustomerSource,
  found: { readonly row: OrderRow; readonly consents: ReadonlyMap<string, StandingConsent> },
  people: Map<string, Customer>,
): Promise<Exclude<keyof CustomerCounts, 'seen'>> {
  const { row, consents } = found;
  if (!allowed.includes(row.channel)) return 'forbidden';
  if (row.mark === null) return 'unknown';
  const consent = consents.get(row.mark);
  if (consent === undefined) return 'noConsent';
  if (consent.action === 'withdrawn') return 'withdrawn';
  const buyer = await vault.open({ channel: row.channel, externalId: row.external_id }, row.sealed);
  if (buyer?.email === undefined) return 'unknown';
  people.set(row.mark, merged(people.get(row.mark), { row, buyer, consent, email: buyer.email }));
  return 'handedOut';
}

function merged(
  known: Customer | undefined,
  next: {
    readonly row: OrderRow;
    readonly buyer: Buyer;
    readonly consent: StandingConsent;
    readonly email: string;
  },
): Customer {
  const { row, buyer, consent, email } = next;
  const counted = row.status === 'cancelled' ? 0 : 1;
  const { placed_at: at, channel } = row;
  if (!known)
    return {
      email: email.trim(),
      buyer,
      orders: counted,
      firstOrderAt: at,
      lastOrderAt: at,
      channels: [channel],
      consent,
    };
  const latest = at > known.lastOrderAt;
  return {
    ...known,
    ...(latest ? { buyer, lastOrderAt: at } : {}),
    ...(at < known.firstOrderAt ? { firstOrderAt: at } : {}),
    orders: known.orders + counted,
    channels: known.channels.includes(channel) ? known.channels : [...known.channels, channel],
  };
}
