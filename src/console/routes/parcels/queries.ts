import type { ParcelsTaken } from '../../../api/shapes/order-work.js';
import { call } from '../../app/call.js';

/** Hands a file of parcels in; the same file again changes nothing. */
export function sendParcels(file: File, channel: string | undefined): Promise<ParcelsTaken> {
  return call<ParcelsTaken>('POST', '/orders/parcels', {
    query: { channel },
    body: new Blob([file], { type: 'text/csv' }),
  });
}
