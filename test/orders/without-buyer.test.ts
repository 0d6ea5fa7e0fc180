import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/domain/errors.js';
import { withoutBuyer } from '../../src/orders/without-buyer.js';

const BUYER = {
  name: 'Ada Lovelace',
  email: 'ada@analytical.example',
  phone: '+44 (20) 7946-0958',
  address: {
    lines: ['12 St James’s Square', 'c/o Babbage'],
    city: 'London',
    postalCode: 'SW1Y 4JH',
    country: 'GB',
  },
};

function told(text: string): string {
  const facts = { code: 'call_refused', kind: 'refused', owner: 'us', advice: 'a' } as const;
  return withoutBuyer(new ChannelError(text, { ...facts, cause: BUYER }), BUYER).message;
}

describe('the sentence of a shop that refuses an order', () => {
  it('names nobody, and still says what is wrong', () => {
    expect(told('place answered 422: SKU LAMP-1 is not sold to Ada Lovelace, London')).toBe(
      'place answered 422: SKU LAMP-1 is not sold to [buyer]',
    );
    expect(told('ADA@ANALYTICAL.EXAMPLE is on a list')).toBe('[buyer] is on a list');
    expect(told('no carrier for SW1Y 4JH (Babbage)')).toBe('no carrier for [buyer] ([buyer])');
    expect(told('phone 442079460958 is no number')).toBe('phone [buyer] is no number');
  });

  it('names nobody where it was cut to length either', () => {
    expect(told('place answered 422: not delivered to Lovel')).toBe(
      'place answered 422: not delivered to [buyer]',
    );
  });

  it('carries no cause that names somebody', () => {
    const facts = { code: 'c', kind: 'refused', owner: 'us', advice: 'a', cause: BUYER } as const;
    expect(withoutBuyer(new ChannelError('no', facts), BUYER).cause).toBeUndefined();
  });

  it('stays as it is where nobody is known', () => {
    const error = new ChannelError('no', { code: 'c', kind: 'refused', owner: 'us', advice: 'a' });
    expect(withoutBuyer(error, undefined)).toBe(error);
  });
});
