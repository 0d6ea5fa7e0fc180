import type { SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { invalid } from './google-error.js';
import { bodyOf, pageOf } from './request-body.js';
import type { Route } from './route.js';

const INPUTS = '/products/v1/accounts/{a}/productInputs';
const PRODUCTS = '/products/v1/accounts/{a}/products';
/** Larger pages are coerced (products v1, verified 2026-11-23). */
const MOST_PRODUCTS = 1_000;

/** The products sub-API: inputs are written, products are read. */
export const PRODUCT_ROUTES: readonly Route[] = [
  {
    call: 'products.productInputs.insert',
    http: `POST ${INPUTS}:insert`,
    answer(request, { catalog, sources }) {
      const input = bodyOf(request);
      const key = { contentLanguage: input.contentLanguage, feedLabel: input.feedLabel };
      return catalog.insert(input, sources.admit(request.query.get('dataSource'), key));
    },
  },
  {
    call: 'products.productInputs.patch',
    http: `PATCH ${INPUTS}/{input}`,
    answer: (request, { catalog, sources }, [name = '']) =>
      catalog.patch(keyOf(name), bodyOf(request), {
        dataSource: sources.admit(request.query.get('dataSource')),
        mask: request.query.get('updateMask'),
      }),
  },
  {
    call: 'products.productInputs.delete',
    http: `DELETE ${INPUTS}/{input}`,
    answer: (request, { catalog, sources }, [name = '']) =>
      catalog.remove(keyOf(name), sources.admit(request.query.get('dataSource'))),
  },
  {
    call: 'products.products.list',
    http: `GET ${PRODUCTS}`,
    answer: (request, { catalog, strange }) =>
      page(request, catalog.list().map(strange ? withStrangeValues : asItIs)),
  },
  {
    call: 'products.products.get',
    http: `GET ${PRODUCTS}/{product}`,
    answer: (_request, { catalog, strange }, [name = '']) =>
      (strange ? withStrangeValues : asItIs)(catalog.get(keyOf(name))),
  },
];

/** A name plain or in base64url: names with a tilde are plain. */
export function keyOf(segment: string): string {
  const name = decodeURIComponent(segment);
  const key = name.includes('~') ? name : Buffer.from(name, 'base64url').toString('utf8');
  if (key.split('~').length < 3)
    throw invalid('name', 'The product name must have the parts language, label and offer id.');
  return key;
}

/** The offer a call inside a batch is about. */
export function offerIdOf(call: SimulatorRequest): string {
  const [, beside] = /^\/inventories\/v1\/accounts\/[^/]+\/products\/([^/]+)\//.exec(call.path) ?? [];
  if (beside === undefined && call.method === 'POST') return String(bodyOf(call).offerId);
  return keyOf(beside ?? call.path.split('/').at(-1) ?? '')
    .split('~')
    .slice(2)
    .join('~');
}

function page(request: SimulatorRequest, products: readonly JsonObject[]): JsonObject {
  const { query } = request;
  return pageOf('products', products, {
    size: query.get('pageSize'),
    token: query.get('pageToken'),
    most: MOST_PRODUCTS,
  });
}

function asItIs(product: JsonObject): JsonObject {
  return product;
}

/** Enum values may be added at any time: a context, a severity and a resolution nobody has heard of, and an attribute beside them. */
function withStrangeValues(product: JsonObject): JsonObject {
  const status = product.productStatus as JsonObject;
  const contexts = status.destinationStatuses as readonly JsonObject[];
  const issues = status.itemLevelIssues as readonly JsonObject[];
  return {
    ...product,
    productAttributes: {
      ...(product.productAttributes as JsonObject),
      pause: 'EVERYTHING_BUT_MAPS',
      hologramLinks: ['https://cdn.example.com/h/1.holo'],
    },
    productStatus: {
      ...status,
      destinationStatuses: [...contexts, { reportingContext: 'SHOPPING_AGENTS', observedCountries: ['US'] }],
      itemLevelIssues: [
        ...issues,
        {
          code: 'agent_readiness',
          severity: 'UNDECIDED',
          resolution: 'agent_action',
          reportingContext: 'SHOPPING_AGENTS',
        },
      ],
    },
  };
}
