import { createHmac, timingSafeEqual } from 'node:crypto';

/** Header with the seconds since 1970 at which a call was signed. */
export const TIME_HEADER = 'omnifeed-timestamp';
/** Header with the signature of a call. */
export const SIGNATURE_HEADER = 'omnifeed-signature';

/** A call as it is signed. */
export interface SignedParts {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly target: string;
  readonly timestamp: string;
  readonly body: string | Buffer;
}

/** `sha256=` and the HMAC in hexadecimal, over time, method, target and body, each on a line of its own: none can be changed or left out. */
export function signatureOf({ method, target, timestamp, body }: SignedParts, secret: string): string {
  const digest = createHmac('sha256', secret)
    .update(`${timestamp}\n${method}\n${target}\n`, 'utf8')
    .update(body)
    .digest('hex');
  return `sha256=${digest}`;
}

/** Whether a call to us is the shop's: `sha256=` and the HMAC of the raw body. It is a hint only, so that an old one may come again. */
export function isSignedBody(body: Buffer, given: string, secret: string): boolean {
  const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const held = Buffer.from(given);
  return held.length === right.length && timingSafeEqual(held, right);
}
