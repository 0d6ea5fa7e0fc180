import type { Instant } from './instant.js';

/** What can be done at a location: parcels leave from it, buyers fetch orders inside or at the kerb, buyers bring goods back. */
export const LOCATION_USES = ['ship', 'pickup', 'curbside', 'return'] as const;

/** One of them. */
export type LocationUse = (typeof LOCATION_USES)[number];

/** A stretch of opening time within one day, in minutes of the wall clock: 600 is 10:00; the end may be 1440. */
export interface OpenSpan {
  readonly from: number;
  readonly to: number;
}

/** When people are there. */
export interface OpeningHours {
  /** Monday first; an empty day is a closed one. */
  readonly week: readonly (readonly OpenSpan[])[];
  /** Days that differ, by date (`2026-12-24`). */
  readonly exceptions: Readonly<Record<string, readonly OpenSpan[]>>;
}

/** A place of the merchant where stock lies: a warehouse or a store. */
export interface Location {
  /** The id the stock is counted under. */
  readonly id: string;
  readonly name: string;
  /** The merchant's own number of the store; null: it has none. */
  readonly code: string | null;
  /** The source, or other name, that alone states the counts here; null: whoever counted a variant here first. */
  readonly countedBy: string | null;
  /** IANA zone its hours are read in. */
  readonly zone: string;
  /** Null: not said, so it is taken to be open always. */
  readonly hours: OpeningHours | null;
  readonly uses: readonly LocationUse[];
  /** Smaller goes first when an order could leave from several. */
  readonly priority: number;
  /** Name of the catalog attribute that holds a variant's bin here. */
  readonly bin: string;
  /** Open time within which an order to be fetched is made ready; null: nobody looks. */
  readonly readyWithinMinutes: number | null;
  /** Days an order is kept for its buyer; null: until a person says so. */
  readonly keepDays: number | null;
  readonly staff: Staff;
}

/** How the people at a location are told. */
export interface Staff {
  readonly emails: readonly string[];
  readonly webhook: StaffWebhook | null;
}

/** An address that is told, and the secret its messages are signed with. */
export interface StaffWebhook {
  readonly url: string;
  readonly secret: string;
}

/** An order that is to be fetched is made ready until `readyBy` and kept until `keepUntil`. Null: nobody looks. */
export interface PickupTimes {
  readonly readyBy: Instant | null;
  readonly keepUntil: Instant | null;
}
