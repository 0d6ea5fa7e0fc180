import type { App } from '../src/app.js';
import type { JobHandlers } from '../src/queue/job-queue.js';
import { backup } from './backup.js';
import { check } from './check.js';
import { competition } from './competition.js';
import { definitions } from './definitions.js';
import { factsOf } from './facts.js';
import { fees } from './fees.js';
import { fulfilOrdersOf } from './fulfil-orders.js';
import { heal } from './heal.js';
import { hooks } from './hooks.js';
import { importSources } from './import.js';
import { inspect } from './inspect.js';
import { look } from './look.js';
import { observe } from './observe.js';
import { orderNews } from './order-news.js';
import { placeOrdersOf } from './place-orders.js';
import { places } from './places.js';
import { promotions } from './promotions.js';
import { pullOrdersOf } from './pull-orders.js';
import { purge } from './purge.js';
import { pushShipmentsOf } from './push-shipments.js';
import { reconcile } from './reconcile.js';
import { reportPurchasesOf } from './report-purchases.js';
import { saleFees } from './sale-fees.js';
import { searchWordsOf } from './search-words.js';
import { shopStock } from './shop-stock.js';
import { signals } from './signals.js';
import { sweep } from './sweep.js';

/** Every job by name. A key names a channel or a source and carries no facts; each handler says when to look again. */
export function jobHandlers(app: App): JobHandlers {
  return {
    import: importSources(app),
    reconcile: reconcile(app),
    observe: observe(app),
    check: check(app),
    look: look(app),
    heal: heal(app),
    inspect: inspect(app),
    definitions: definitions(app),
    fees: fees(app),
    competition: competition(app),
    places: places(app),
    'shop-stock': shopStock(app),
    promotions: promotions(app),
    signals: signals(app),
    'order-news': orderNews(app),
    'pull-orders': pullOrdersOf(app),
    'place-orders': placeOrdersOf(app),
    'fulfil-orders': fulfilOrdersOf(app),
    'push-shipments': pushShipmentsOf(app),
    'sale-fees': saleFees(app),
    'report-purchases': reportPurchasesOf(app),
    hooks: hooks(app),
    facts: factsOf(app),
    backup: backup(app),
    'search-words': searchWordsOf(app),
    sweep: sweep(app),
    purge: purge(app),
  };
}
