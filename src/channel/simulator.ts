import type { ChannelFacts } from '../domain/channel-facts.js';
import type { JsonObject } from '../domain/json.js';

/** How a simulator is started. */
export interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  /** How long the channel takes to process what it accepted. */
  readonly processingMs: number;
}

/** A connector's stand-in for its channel: a real HTTP server on loopback, as strict as the original. */
export interface SimulatorModule {
  start(options: SimulatorOptions): Promise<RunningSimulator>;
}

/** A simulator under way. Shares no encoder with the client: it decodes what arrived by its own reading of the documents. */
export interface RunningSimulator {
  readonly url: string;
  /** Settings with which the connector can be opened against this simulator, credentials included. */
  readonly settings: JsonObject;
  readonly market: Pick<ChannelFacts, 'country' | 'language' | 'currency' | 'zone'>;
  readonly faults: FaultPlan;
  /** Every call so far, oldest first. */
  readonly calls: readonly SimulatedCall[];
  /** Listings the channel shows now: SKU → attributes in listing form, decoded by the simulator itself. */
  held(): ReadonlyMap<string, JsonObject>;
  /** Changes a listing behind our back (`null` takes it away), to see whether it is noticed. */
  tamper(sku: string, attributes: JsonObject | null): void;
  /** From now on the channel refuses this SKU while processing it, as policy review does. */
  refuse(sku: string, code: string): void;
  /** Stock per place as the channel shows it: `store STORE-12 SHIRT-M` (kind, place, SKU) → quantity. Only channels with places. */
  places?(): ReadonlyMap<string, number>;
  /** A buyer orders. Only channels that sell. Returns the channel's order id. */
  placeOrder?(order: SimulatedOrder): string;
  /** Cancels an order as a buyer would. */
  cancelOrder?(orderId: string): void;
  /** Parcels announced to the channel: order id, reference, tracking number, quantities by SKU. */
  shipments?(): readonly SimulatedShipment[];
  stop(): Promise<void>;
}

/** A purchase on a simulated channel. */
export interface SimulatedOrder {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitPrice: string }[];
  /** Default: paid and to be shipped by the merchant. */
  readonly status?: 'pending' | 'open';
  readonly fulfilledBy?: 'merchant' | 'channel';
  /** Absent: by parcel. `location`: the store the buyer chose, where the channel tells it. */
  readonly delivery?: { readonly method: 'ship' | 'pickup' | 'curbside'; readonly location?: string };
}

/** A parcel as the simulated channel recorded it. */
export interface SimulatedShipment {
  readonly orderId: string;
  readonly reference: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** One call a simulator received. */
export interface SimulatedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly atMs: number;
}

/** Something that goes wrong with calls to come. */
export interface Fault {
  /** `throttle`: 429 with the delay in the channel's own way · `fail`: 503 · `stall`: no answer · `drop-before` / `drop-after`: the
   * connection breaks before / after the call is applied · `late`: applied, answered after `ms`. */
  readonly kind: 'throttle' | 'fail' | 'stall' | 'drop-before' | 'drop-after' | 'late';
  /** Only calls whose `METHOD path` contains this text; absent: every call except the token endpoint. */
  readonly match?: string;
  /** How many calls are hit. Default 1. */
  readonly times?: number;
  /** `throttle`: delay told to the caller · `late`: delay of the answer. */
  readonly ms?: number;
}

/** Faults in the order they were added; each hits the next matching calls. */
export interface FaultPlan {
  add(fault: Fault): void;
  clear(): void;
}
