import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT_ROUTES } from './account-routes.js';
import type { Backend } from './backend.js';
import { readCalls, writeReplies } from './batch.js';
import { DATA_SOURCE_ROUTES } from './data-source-routes.js';
import { GoogleRefusal } from './google-error.js';
import { INVENTORY_ROUTES } from './inventory-routes.js';
import { LFP_ROUTES } from './lfp-routes.js';
import { NOTIFICATION_ROUTES } from './notification-routes.js';
import { offerIdOf, PRODUCT_ROUTES } from './product-routes.js';
import { PROMOTION_ROUTES } from './promotion-routes.js';
import { REPORT_ROUTES } from './report-routes.js';
import { headerText } from './request-body.js';
import { type Route, routeTable } from './route.js';
import { TOKEN_PATH } from './token-desk.js';
import { TRACKING_ROUTES } from './tracking-routes.js';

/** Every method of the API the simulator knows, by sub-API. A path that ends in a verb stands before the one with a name in its place. */
export const ROUTES: readonly Route[] = [
  ...PRODUCT_ROUTES,
  ...DATA_SOURCE_ROUTES,
  ...ACCOUNT_ROUTES,
  ...REPORT_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...INVENTORY_ROUTES,
  ...LFP_ROUTES,
  ...PROMOTION_ROUTES,
  ...TRACKING_ROUTES,
];

const BATCH_PATH = /^\/batch(\/\w+\/v1)$/;
const lookUp = routeTable(ROUTES);

/** Answers one call, or all calls of a batch, as the Merchant API would. */
export async function answerCall(request: SimulatorRequest, backend: Backend): Promise<SimulatorReply> {
  backend.uploads.keepSchedules(backend.sources.list());
  if (request.path === TOKEN_PATH) return backend.desk.exchange(request, `${backend.url()}${TOKEN_PATH}`);
  const [, subApi] = BATCH_PATH.exec(request.path) ?? [];
  if (subApi === undefined) return single(request, backend);
  return refused(() => {
    backend.refusals.meet('batch');
    const answers: [string, SimulatorReply][] = [];
    for (const call of readCalls(request, `${subApi}/`)) {
      const reply = single(call, backend);
      if (!isOmitted(call, backend)) answers.push([call.contentId, reply]);
    }
    return writeReplies(answers);
  });
}

function single(request: SimulatorRequest, backend: Backend): SimulatorReply {
  return refused(() => ({ status: 200, body: answered(request, backend) }));
}

function answered(request: SimulatorRequest, backend: Backend): JsonObject {
  const match = lookUp(request);
  const call = match?.route.call ?? '';
  backend.desk.admit(headerText(request.headers.authorization), WITHOUT_REGISTRATION.has(call));
  if (match === null) {
    throw new GoogleRefusal(404, `Method not found: ${request.method} ${request.path}`, {
      REASON: 'METHOD_NOT_FOUND',
    });
  }
  if (match.account !== null && match.account !== backend.account) {
    throw new GoogleRefusal(403, `The caller does not have access to the accounts: [${match.account}]`, {
      REASON: 'PERMISSION_DENIED_ACCOUNTS',
    });
  }
  backend.refusals.meet(call);
  backend.quota.spend(call);
  return match.route.answer(request, backend, match.segments);
}

/** The two calls a project makes before it is registered. */
const WITHOUT_REGISTRATION: ReadonlySet<string> = new Set([
  'accounts.accounts.getAccountForGcpRegistration',
  'accounts.developerRegistration.registerGcp',
]);

/** A refusal is an answer; a defect of the simulator is not. */
function refused(work: () => SimulatorReply): SimulatorReply {
  try {
    return work();
  } catch (refusal) {
    if (refusal instanceof GoogleRefusal) return refusal.reply();
    throw refusal;
  }
}

function isOmitted(call: SimulatorRequest, { omitted }: Backend): boolean {
  return omitted.size > 0 && omitted.delete(offerIdOf(call));
}
