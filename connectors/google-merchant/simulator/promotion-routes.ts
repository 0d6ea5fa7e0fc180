import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { bodyOf, pageOf } from './request-body.js';
import type { Route } from './route.js';

const PROMOTIONS = '/promotions/v1/accounts/{a}/promotions';

/** The promotions sub-API. Nothing is ever deleted: promotions end by their dates. */
export const PROMOTION_ROUTES: readonly Route[] = [
  {
    call: 'promotions.promotions.insert',
    http: `POST ${PROMOTIONS}:insert`,
    answer(request, { promotions, sources }) {
      const body = bodyOf(request);
      const source = sources.get(String(body.dataSource ?? ''));
      const of = source.promotionDataSource as JsonObject | undefined;
      if (of === undefined || source.input !== 'API')
        throw invalid('dataSource', 'The data source does not take promotions through the API.');
      const { contentLanguage, targetCountry } = (body.promotion ?? {}) as JsonObject;
      if (of.contentLanguage !== contentLanguage || of.targetCountry !== targetCountry)
        throw invalid('dataSource', 'Language or country differ from those of the data source.');
      return promotions.insert(body);
    },
  },
  {
    call: 'promotions.promotions.list',
    http: `GET ${PROMOTIONS}`,
    answer: ({ query }, { promotions }) =>
      pageOf('promotions', promotions.list(), {
        size: query.get('pageSize'),
        token: query.get('pageToken'),
        most: 250,
      }),
  },
  {
    call: 'promotions.promotions.get',
    http: `GET ${PROMOTIONS}/{promotion}`,
    answer(_request, { promotions, account }, [promotion = '']) {
      const found = promotions.get(`accounts/${account}/promotions/${decodeURIComponent(promotion)}`);
      if (found !== null) return found;
      throw new GoogleRefusal(404, '[name] The promotion was not found.', { FIELD_LOCATION: 'name' });
    },
  },
];
