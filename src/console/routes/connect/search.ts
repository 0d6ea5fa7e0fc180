import { type Given, textIn } from '../../app/search-params.js';

/** What the address of a wizard says: the draft, and the step. */
export interface ConnectSearch {
  readonly channel?: string | undefined;
  readonly step?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readConnectSearch(given: Given): ConnectSearch {
  return { channel: textIn(given, 'channel'), step: textIn(given, 'step') };
}
