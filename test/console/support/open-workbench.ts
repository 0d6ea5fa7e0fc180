import type { Browser, BrowserContext } from 'playwright-core';
import { reconcile } from '../../../jobs/reconcile.js';
import type { Role } from '../../../src/access/permissions.js';
import { beginSession } from '../../../src/access/sessions.js';
import { addUser } from '../../../src/access/users.js';
import { doorsOf } from '../../../src/api/doors.js';
import { serveHttp } from '../../../src/api/server.js';
import type { App } from '../../../src/app.js';
import { openDemoHouse } from '../../../src/demo/demo-house.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog } from '../../support/catalog.js';
import { silentLog } from '../../support/silent-log.js';

/** A house with a small catalog listed on a simulated Google, whose mapping is worked on. */
export interface WorkbenchHouse {
  readonly app: App;
  readonly url: string;
  /** Listings Google shows now, as the simulator itself understood them. */
  shown(): ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** What the job does once it is woken: works out, sends, waits for the channel's word. */
  nextRound(): Promise<void>;
  /** A browser of somebody of a role who is signed in. */
  visitor(browser: Browser, role: Role): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** The channel that is worked on. */
export const GOOGLE = 'google-us';
/** Has its picture in an attribute of its own, where the default mapping does not look: Google refuses it without one. */
export const PICTURELESS = 'LAMP-PHOTO';
/** Its title is markup that would run, were it ever taken for markup. */
export const PAYLOAD = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

function lamp(name: string, more: Partial<SourceProduct['product']>): SourceProduct {
  return {
    product: {
      id: name.toLowerCase(),
      title: `Desk lamp ${name}`,
      description: 'A lamp for the desk, of brass, with a switch on its foot.',
      brand: 'Fernweh',
      type: 'Desk lamps',
      categories: ['Home > Lamps > Desk lamps'],
      status: 'active',
      link: `https://shop.example/products/${name.toLowerCase()}`,
      images: ['https://shop.example/lamp.jpg'],
      ...more,
    },
    variants: [
      {
        sku: `LAMP-${name}`,
        content: { mpn: `M-${name}`, weight: { value: 2.5, unit: 'kg' } },
        offer: { price: { minor: 4_900, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 7 }],
      },
    ],
  };
}

function lamps(): readonly SourceProduct[] {
  const usual = Array.from({ length: 12 }, (_, n) => lamp(String(n + 1).padStart(2, '0'), {}));
  const photo = { photo: 'https://shop.example/photo.jpg' };
  return [...usual, lamp('PHOTO', { images: [], attributes: photo }), lamp('PAYLOAD', { title: PAYLOAD })];
}

/** Starts all of it on loopback addresses, on a fresh database. */
export async function openWorkbenchHouse(): Promise<WorkbenchHouse> {
  const house = await openDemoHouse({
    catalog: 'none.csv',
    currency: 'USD',
    shopUrl: 'https://shop.example',
  });
  const { app, simulators } = house;
  await fillCatalog(app.database, lamps(), app.clock);
  const nextRound = async (): Promise<void> => {
    await reconcile(app)(GOOGLE, AbortSignal.timeout(60_000));
    await syncUntilSettled(await app.desk(GOOGLE), { deadlineMs: 60_000, atOnce: true });
  };
  await nextRound();
  const server = await serveHttp(doorsOf(app, '0.0.0'), { host: '127.0.0.1', port: 0, log: silentLog });
  let people = 0;
  return {
    app,
    url: server.url,
    nextRound,
    shown: () => simulators.get(GOOGLE)?.held() ?? new Map(),
    async visitor(browser, role) {
      people += 1;
      const person = { email: `${role}-${people}@shop.example`, name: `A ${role} ${people}`, role };
      const user = await addUser(app.database, person, app.clock.now());
      const place = { address: '127.0.0.1', browser: 'test', now: app.clock.now() };
      const secret = await beginSession(app.database, { ...user, secondFactor: true }, place);
      const context = await browser.newContext({ viewport: { width: 1366, height: 860 } });
      await context.addCookies([{ name: 'omnifeed', value: secret, url: server.url }]);
      return context;
    },
    async close() {
      await server.close();
      await house.close();
    },
  };
}
