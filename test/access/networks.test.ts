import { expect, it } from 'vitest';
import { checkNetworks, isAmong } from '../../src/access/networks.js';

it('an address is among networks of its own kind, however it is written', () => {
  const networks = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/48'];
  for (const address of ['203.0.113.9', '198.51.100.7', '::ffff:203.0.113.9', '2001:db8:0:1::2'])
    expect([address, isAmong(address, networks)]).toEqual([address, true]);
  for (const address of [
    '203.0.114.9',
    '198.51.100.8',
    '2001:db9::1',
    '',
    'localhost',
    '203.0.113.9.evil.example',
  ])
    expect([address, isAmong(address, networks)]).toEqual([address, false]);
  expect(isAmong('203.0.113.9', [])).toBe(false);
});

it('what is no network is refused by name', () => {
  for (const text of [
    '',
    '10.0.0.0/33',
    '::/129',
    '10.0.0/8',
    'example.com',
    '10.0.0.1/8/8',
    '10.0.0.1/-1',
    '10.0.0.1/',
  ])
    expect(() => checkNetworks([text])).toThrow('is no address and no network');
  expect(checkNetworks(['10.0.0.1', '10.0.0.1'])).toEqual(['10.0.0.1']);
});
