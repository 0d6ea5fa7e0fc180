import { bodyOf, pageOf } from './request-body.js';
import type { Route } from './route.js';

const ACCOUNT = '/lfp/v1/accounts/{a}';

/** The lfp sub-API: stores, stock and state of the merchants of a provider. Sales are not simulated, as nothing sends them. */
export const LFP_ROUTES: readonly Route[] = [
  {
    call: 'lfp.lfpInventories.insert',
    http: `POST ${ACCOUNT}/lfpInventories:insert`,
    answer: (request, { lfp }) => lfp.insertInventory(bodyOf(request)),
  },
  {
    call: 'lfp.lfpStores.insert',
    http: `POST ${ACCOUNT}/lfpStores:insert`,
    answer: (request, { lfp }) => lfp.insertStore(bodyOf(request)),
  },
  {
    call: 'lfp.lfpStores.list',
    http: `GET ${ACCOUNT}/lfpStores`,
    answer: ({ query }, { lfp }) =>
      pageOf('lfpStores', lfp.stores(query.get('targetAccount')), {
        size: query.get('pageSize') ?? '250',
        token: query.get('pageToken'),
        most: 1_000,
      }),
  },
  {
    call: 'lfp.lfpStores.delete',
    http: `DELETE ${ACCOUNT}/lfpStores/{store}`,
    answer: (_request, { lfp }, [store = '']) => lfp.removeStore(decodeURIComponent(store)),
  },
  {
    call: 'lfp.lfpMerchantStates.get',
    http: `GET ${ACCOUNT}/lfpMerchantStates/{merchant}`,
    answer: (_request, { lfp }, [merchant = '']) => lfp.state(merchant),
  },
];
