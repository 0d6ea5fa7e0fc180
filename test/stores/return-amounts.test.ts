import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaidLine, returnAmounts } from '../../src/stores/return-amounts.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const LINE: PaidLine = {
  externalId: '1',
  quantity: 3,
  unitPrice: eur(1_000),
  discount: eur(-100),
  tax: eur(463),
};
const one = { lineId: '1', units: 1, before: 0 };

describe('the money of goods that came back', () => {
  it('holds the tax where prices contain it, as the total of the order shows', () => {
    expect(returnAmounts({ total: eur(2_900) }, [LINE], [one])).toEqual({
      lines: [{ lineExternalId: '1', quantity: 1, item: eur(966) }],
    });
  });

  it('has the tax beside it where it was paid on top', () => {
    const order = { total: eur(3_863), shippingPrice: eur(500) };
    expect(returnAmounts(order, [LINE], [one])).toEqual({
      lines: [{ lineExternalId: '1', quantity: 1, item: eur(966), itemTax: eur(154) }],
    });
  });

  it('leaves tax the channel collected to the channel, whatever the total is', () => {
    const collected = { ...LINE, channelCollectedTax: eur(463) };
    expect(returnAmounts({}, [collected], [one])).toEqual({
      lines: [{ lineExternalId: '1', quantity: 1, item: eur(966) }],
    });
  });

  it('is told by nobody where the total fits neither way, or a price is missing', () => {
    expect(returnAmounts({ total: eur(1) }, [LINE], [one])).toHaveProperty('unclear');
    expect(returnAmounts({}, [LINE], [one])).toHaveProperty('unclear');
    expect(returnAmounts({}, [{ externalId: '1', quantity: 1 }], [one])).toHaveProperty('unclear');
  });

  it('adds up to exactly what was paid, however the units of a line come back', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.nat(9_999), fc.nat(500), fc.nat(2_000), (parts, price, discount, tax) => {
        const quantity = parts.reduce((sum, units) => sum + units, 0);
        const line: PaidLine = {
          externalId: '1',
          quantity,
          unitPrice: eur(price),
          discount: eur(discount),
          tax: eur(tax),
        };
        const paid = price * quantity - discount;
        if (paid < 0) return;
        let before = 0;
        let sum = 0;
        for (const units of parts) {
          const back = returnAmounts({ total: eur(paid + tax) }, [line], [{ lineId: '1', units, before }]);
          if ('unclear' in back) throw new Error(back.unclear);
          for (const { item, itemTax } of back.lines) sum += (item?.minor ?? 0) + (itemTax?.minor ?? 0);
          before += units;
        }
        expect(sum).toBe(paid + tax);
      }),
    );
  });
});
