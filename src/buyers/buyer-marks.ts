import { createHmac, hkdfSync } from 'node:crypto';
import type { Buyer } from '../domain/order.js';

/** What a buyer may be found by without reading every one. */
export type MarkKind = 'email' | 'phone';

/** Names a buyer's e-mail or phone so that only the holder of the house's key can tell whose it is. */
export type Marker = (kind: MarkKind, text: string) => string;

/** Makes marks with a key that follows from the house's key. */
export function buyerMarker(houseKey: Buffer): Marker {
  const key = Buffer.from(hkdfSync('sha256', houseKey, '', 'omnifeed buyer marks', 32));
  return (kind, text) =>
    createHmac('sha256', key)
      .update(`${kind}:${kind === 'email' ? plainEmail(text) : plainPhone(text)}`)
      .digest('base64url');
}

/** Marks of a buyer. */
export function marksOf(
  buyer: Buyer,
  marker: Marker,
): readonly { readonly kind: MarkKind; readonly mark: string }[] {
  return (['email', 'phone'] as const).flatMap((kind) => {
    const text = buyer[kind];
    return text === undefined || text.trim() === '' ? [] : [{ kind, mark: marker(kind, text) }];
  });
}

function plainEmail(text: string): string {
  return text.trim().toLowerCase();
}

/** The last nine digits: the same number with and without country code or leading zero is the same number. */
function plainPhone(text: string): string {
  return text.replace(/\D/g, '').slice(-9);
}
