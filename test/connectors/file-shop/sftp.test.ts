import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileNameOf } from '../../../connectors/file-shop/file-name.js';
import { fileShop } from '../../../connectors/file-shop/index.js';
import type { SftpSettings } from '../../../connectors/file-shop/settings.js';
import { fingerprintOf } from '../../../connectors/file-shop/sftp-folder.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { systemClock } from '../../../src/clock.js';
import { placeOrders } from '../../../src/orders/place.js';
import { deskWith, line, order, take } from '../../orders/order-bench.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';
import { type SftpServer, startSftp } from './sftp-server.js';

const NAME = fileNameOf('market:A');
const PRICED = { lines: [line('1', { unitPrice: { minor: 100, currency: 'USD' } })] };

describe('a shop by files on an SFTP server', () => {
  let root: string;
  let server: SftpServer;
  let test: TestDatabase;
  let clock: HandClock;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    [server, test] = await Promise.all([startSftp(root, fingerprintOf), sqliteDatabase()]);
    clock = handClock();
    await open().actions?.['prepare-folder']?.run({});
    await take(test.database, [order('A', PRICED)]);
  });
  afterEach(async () => {
    await server.stop();
    await test.dispose();
    await rm(root, { recursive: true, force: true });
  });

  const open = (sftp: Partial<SftpSettings> = {}): OpenChannel =>
    fileShop.open(
      {
        folder: '/shop',
        sftp: {
          host: '127.0.0.1',
          port: server.port,
          username: server.username,
          password: server.password,
          hostKey: server.hostKey,
          ...sftp,
        },
      },
      {
        channel: {
          id: 'shop',
          connector: 'file-shop',
          country: 'US',
          language: 'en',
          currency: 'USD',
          zone: 'UTC',
        },
        http: { send: () => Promise.reject(new Error('nothing is called')) },
        clock: systemClock,
        log: silentLog,
        signal: new AbortController().signal,
        bucket: () => {
          throw new Error('nothing is paced');
        },
      },
    );
  const place = async () => {
    const { sink } = open();
    if (!sink) throw new Error('no sink');
    return placeOrders({ ...deskWith(test.database, sink), clock });
  };
  const files = async () =>
    (await readdir(path.join(root, 'shop/orders'))).filter((name) => !name.startsWith('.'));

  it.each([true, false])(
    'is given an order whole, and again over itself (server that renames over files: %s)',
    async (over) => {
      server.posixRename = over;
      expect(await open().check()).toEqual([]);
      expect(await place()).toMatchObject({ placed: 1 });
      expect(await files()).toEqual([`${NAME}.json`]);
      const toPlace = { key: 'market:A', channel: 'market', draft: null, order: order('A', PRICED) };
      await open().sink?.place(toPlace);
      expect(await files()).toEqual([`${NAME}.json`]);
      expect(await readFile(path.join(root, `shop/orders/${NAME}.json`), 'utf8')).toContain(
        '"key": "market:A"',
      );
    },
  );

  it.each(['before-rename', 'after-rename'] as const)(
    'has one whole file when the connection breaks %s',
    async (at) => {
      server.dropAt = at;
      expect(await place()).toMatchObject({ placed: 0, failed: 1 });
      server.dropAt = null;
      for (let round = 0; round < 3; round++) {
        clock.advance(31_000);
        await place();
      }
      expect(await files()).toEqual([`${NAME}.json`]);
      JSON.parse(await readFile(path.join(root, `shop/orders/${NAME}.json`), 'utf8'));
      expect(await test.database.get('SELECT state, store_id FROM order_link')).toEqual({
        state: 'placed',
        store_id: NAME,
      });
    },
  );

  it('reads answers back', async () => {
    await place();
    await writeFile(
      path.join(root, `shop/answers/${NAME}.json`),
      '{"key":"market:A","id":"4711","cancelled":true}',
    );
    expect(await open().sink?.read([NAME])).toMatchObject([{ storeId: NAME, name: '4711', cancelled: true }]);
  });

  it('concludes nothing from a folder that cannot be listed, whatever the server calls it', async () => {
    await place();
    for (const status of [2, 3, 4]) {
      server.failures.set('OPENDIR', status);
      await expect(open().sink?.read([NAME])).rejects.toMatchObject({
        code: expect.stringMatching(/^folder_/),
      });
    }
    expect(
      await open()
        .sink?.read([NAME])
        .catch(({ kind }: { kind: string }) => kind),
    ).toBe('ambiguous');
  });

  it('sends nothing to a server with another key, and names the key it was shown', async () => {
    const hostKey = `SHA256:${'A'.repeat(43)}`;
    expect(await open({ hostKey }).check()).toMatchObject([
      { severity: 'error', code: 'host_key_differs', message: expect.stringContaining(server.hostKey) },
    ]);
  });

  it('tells a wrong password from a server that is not there, and shows neither password', async () => {
    const issues = await open({ password: 'guessed-wrong' }).check();
    expect(issues).toMatchObject([{ severity: 'error', code: 'credentials_refused' }]);
    expect(JSON.stringify(issues)).not.toContain('guessed-wrong');
    await expect(open({ port: 1 }).sink?.read([NAME])).rejects.toMatchObject({
      code: 'unreachable',
      kind: 'not-sent',
    });
  });
});
