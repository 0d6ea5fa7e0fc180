import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/channel/classify.js';

const REPLY = { status: 400, headers: {}, body: Buffer.alloc(0) };
const messageOf = (text: string): string => failureOf(REPLY, { operation: 'putItem', text }).message;

describe('the message of a failed call', () => {
  it.each([
    'Atza|IwEBIJ3k9Q0fZk2mSx7pLr5tVw8yBn4cD6eGhJ',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-DEF_123',
    'shpat_0123456789abcdef0123456789abcdef',
    'q83vEjRWeJq83vEjRWeJq83vEjRWeJ+/q83vEjRWeA==',
  ])('leaves out the access token %s that the channel quotes', (token) => {
    const message = messageOf(`The token ${token} is not valid`);
    expect(message).toBe('putItem answered 400: The token [left out] is not valid');
  });

  it('leaves out a token that reaches beyond the end of the shortened text', () => {
    const message = messageOf(`${'word '.repeat(57)}${'A1b2'.repeat(20)}`);
    expect(message).not.toContain('A1b2');
  });

  it('keeps ordinary words, short ids and long names of attributes', () => {
    const text = 'Attribute purchasable_offer.our_price.schedule of SKU AB-00012345 is not a number';
    expect(messageOf(text)).toBe(`putItem answered 400: ${text}`);
  });
});
