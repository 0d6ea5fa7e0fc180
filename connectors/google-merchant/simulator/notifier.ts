import type { JsonObject } from '../../../src/domain/json.js';

/** A product as it was and as it is; null: there was or is none. */
export interface StatusChange {
  readonly key: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** Tells subscribers of changes, as Google calls their addresses. */
export interface Notifier {
  tell(change: StatusChange): void;
  /** Calls to addresses under `from` go to `to`: on loopback nobody has a certificate. */
  route(from: string, to: string): void;
  /** From now on messages travel as base64 in `message.data`; both forms are met (notifications v1, verified 2026-11-23). */
  wrap(on: boolean): void;
  /** Status of every call that was made; 0: nobody answered. */
  statuses(): readonly number[];
}

type Status = Readonly<Record<string, unknown>>;

const WORDS = [
  ['approvedCountries', 'approved'],
  ['pendingCountries', 'pending'],
  ['disapprovedCountries', 'disapproved'],
] as const;
/** The only contexts messages name (ProductChange, discovery 20260903). */
const TOLD: ReadonlySet<string> = new Set([
  ...['SHOPPING_ADS', 'LOCAL_INVENTORY_ADS', 'YOUTUBE_SHOPPING', 'YOUTUBE_CHECKOUT', 'YOUTUBE_AFFILIATE'],
]);

/** Subscriptions of one account, called one after the other. */
export function notifier(world: {
  readonly account: string;
  readonly subscriptions: ReadonlyMap<string, JsonObject>;
  now(): number;
}): Notifier {
  const routes: [string, string][] = [];
  const statuses: number[] = [];
  const name = `accounts/${world.account}`;
  let wrapped = false;

  async function call(address: string, body: string): Promise<void> {
    const [from, to] = routes.find(([start]) => address.startsWith(start)) ?? ['', ''];
    try {
      const answer = await fetch(`${to}${address.slice(from.length)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      statuses.push(answer.status);
    } catch {
      // Nobody answers: Google only gives up on the message.
      statuses.push(0);
    }
  }

  return {
    tell(change) {
      const changes = changesOf(change);
      if (changes.length === 0) return;
      const status = change.after?.productStatus as Status | undefined;
      const message = {
        account: name,
        managingAccount: name,
        resourceType: 'PRODUCT',
        attribute: 'STATUS',
        changes,
        resourceId: change.key,
        resource: `${name}/products/${change.key}`,
        ...(status === undefined ? {} : { expirationTime: String(status.googleExpirationDate) }),
        eventTime: new Date(world.now()).toISOString(),
      };
      const text = JSON.stringify(message);
      const body = wrapped
        ? JSON.stringify({ message: { data: Buffer.from(text).toString('base64') } })
        : text;
      for (const { registeredEvent, callBackUri } of world.subscriptions.values())
        if (registeredEvent === 'PRODUCT_STATUS_CHANGE') void call(String(callBackUri), body);
    },
    route: (from, to) => void routes.push([from, to]),
    wrap(on) {
      wrapped = on;
    },
    statuses: () => statuses,
  };
}

/** What is different per context and country; an empty word is a product that was made or is gone. */
function changesOf({ before, after }: StatusChange): readonly JsonObject[] {
  const was = wordsOf(before);
  const is = wordsOf(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((place) => ({ place, oldValue: was.get(place) ?? '', newValue: is.get(place) ?? '' }))
    .filter(({ oldValue, newValue }) => oldValue !== newValue)
    .map(({ place, oldValue, newValue }) => {
      const [reportingContext = '', regionCode = ''] = place.split(' ');
      return { oldValue, newValue, regionCode, reportingContext };
    });
}

function wordsOf(product: JsonObject | null): ReadonlyMap<string, string> {
  const status = product?.productStatus as { readonly destinationStatuses?: readonly Status[] } | undefined;
  const words = new Map<string, string>();
  for (const context of status?.destinationStatuses ?? []) {
    if (!TOLD.has(String(context.reportingContext))) continue;
    for (const [member, word] of WORDS)
      for (const country of (context[member] ?? []) as readonly string[])
        words.set(`${String(context.reportingContext)} ${country}`, word);
  }
  return words;
}
