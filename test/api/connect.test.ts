import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumePractice } from '../../src/setup/practice-channels.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

let house: ServedHouse;
let operator: Visitor;
beforeAll(async () => {
  house = await serveHouse();
  house.clock.move(Date.now() - Date.parse(house.clock.now())); // simulators have clocks of their own
  operator = await house.visitor('operator');
});
afterAll(() => house.close());

const MARKET = { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' };
const KEY_FILE = {
  type: 'service_account',
  client_email: 'feeds@shop.example',
  private_key: 'sealed',
  project_id: 'shop-4711',
};

describe('connecting a channel by its guide', () => {
  it('tells for every connector what is asked in which step, and what its mapping asks for', async () => {
    const { body } = await operator.call('GET', '/connectors');
    const google = body.connectors.find(({ id }: { id: string }) => id === 'google-merchant');
    expect(google.guide.steps.map(({ id }: { id: string }) => id)).toEqual([
      'account',
      'key',
      'permission',
      'registration',
      'target',
    ]);
    expect(google.params.properties.shopUrl).toMatchObject({ type: 'string', title: 'Shop url' });
    expect(body.connectors.find(({ id }: { id: string }) => id === 'shopify').params).toEqual({});
  });

  it('says that a key file is one of another kind before the channel is asked, keeps the step, and lets actions be taken', async () => {
    const wrong = { account: '123', serviceAccountKey: JSON.stringify({ installed: { client_id: 'x' } }) };
    const made = await operator.call('POST', '/channels', {
      id: 'google-us',
      connector: 'google-merchant',
      values: { ...MARKET, settings: wrong },
    });
    expect(made.body.mistakes).toMatchObject([{ pointer: '/settings' }]);
    expect(made.body.mistakes[0].message).toContain('OAuth client file');
    const checked = await operator.call('POST', '/channels/google-us/check');
    expect([checked.status, checked.body.code]).toEqual([422, 'setup_incomplete']);
    const right = await operator.call('PATCH', '/channels/google-us/setup', {
      revision: 1,
      values: { settings: { serviceAccountKey: JSON.stringify(KEY_FILE) } },
      step: 'permission',
    });
    expect(right.body.mistakes).toEqual([]);
    const { body } = await operator.call('GET', '/drafts');
    expect(body.drafts).toMatchObject([
      { id: 'google-us', title: 'Google Merchant Center', step: 'permission' },
    ]);
    const actions = await operator.call('GET', '/channels/google-us/actions');
    expect(actions.body.actions.map(({ name }: { name: string }) => name)).toContain('register-gcp');
    const act = (name: string, parameters: object) =>
      operator.call('POST', `/channels/google-us/actions/${name}`, { parameters });
    expect((await act('robot', {})).body.result).toEqual({
      address: KEY_FILE.client_email,
      project: 'shop-4711',
    });
    expect((await act('register-gcp', { developerEmail: 'nobody' })).body.pointers).toMatchObject([
      { pointer: '/parameters/developerEmail' },
    ]);
    expect((await act('nothing-like-it', {})).status).toBe(404);
    expect((await act('toString', {})).status).toBe(404);
    const viewer = await house.visitor('viewer');
    expect((await viewer.call('POST', '/channels/google-us/actions/robot', { parameters: {} })).status).toBe(
      403,
    );
  });
});

describe('a practice channel', () => {
  it('is connected to a simulator of its own, works, and finds it again after a restart', async () => {
    const made = await operator.call('POST', '/channels', {
      id: 'practice-google',
      connector: 'google-merchant',
      practice: true,
      values: { params: { shopUrl: 'https://shop.example', linkPath: '/p/' } },
    });
    expect(made.body).toMatchObject({
      state: 'draft',
      mistakes: [],
      values: { country: 'US', params: { linkPath: '/p/' } },
    });
    expect((await operator.call('POST', '/channels/practice-google/check')).body).toContain('{"ok":true}');
    expect((await operator.call('POST', '/channels/practice-google/start')).status).toBe(200);
    const [row] = (await operator.call('GET', '/channels')).body.channels;
    expect(row).toMatchObject({ id: 'practice-google', practice: true });
    const before = house.app.channel('practice-google').settings.endpoint;
    await house.app.practice.stop(); // the process ends
    expect(await resumePractice(house.app)).toEqual(['practice-google']);
    await house.app.reload();
    expect(house.app.channel('practice-google').settings.endpoint).not.toBe(before);
    expect((await operator.call('POST', '/channels/practice-google/check')).body).toContain('{"ok":true}');
    expect((await operator.call('POST', '/channels/practice-google/disconnect')).status).toBe(204);
    expect(await resumePractice(house.app)).toEqual([]);
  });

  it('is not begun where a connector has no simulator, and leaves no draft', async () => {
    const made = await operator.call('POST', '/channels', { id: 'p', connector: 'vendure', practice: true });
    expect([made.status, made.body.code]).toEqual([422, 'no_practice']);
    expect((await operator.call('GET', '/channels/p/setup')).status).toBe(404);
  });
});
