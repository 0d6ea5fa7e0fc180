import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { ACCOUNT } from './account.js';
import { definitionDocument, PRODUCT_TYPES } from './product-type-documents.js';
import { invalid, refused, success } from './replies.js';

const REQUIREMENTS = ['LISTING', 'LISTING_PRODUCT_ONLY', 'LISTING_OFFER_ONLY'];
const PARENTAGES = ['NONE', 'CHILD', 'PARENT'];
const VERSION = { version: 'SIMULATED', latest: true, releaseCandidate: false };

/** Where documents are downloaded, without a token. */
export const DOCUMENTS = /^\/documents\/definitions\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** `getDefinitionsProductType`: the document itself stands behind a link. `origin`: address of this simulator. */
export function getDefinition(productType: string, request: SimulatorRequest): SimulatorReply {
  const requirements = request.query.get('requirements') ?? 'LISTING';
  const parentage = request.query.get('parentageLevel') ?? 'NONE';
  if (request.query.get('marketplaceIds') !== ACCOUNT.marketplaceId)
    return invalid('marketplaceIds must name exactly one store.');
  if (!REQUIREMENTS.includes(requirements)) return invalid('requirements is unknown.');
  if (!PARENTAGES.includes(parentage)) return invalid('parentageLevel is unknown.');
  if (!Object.hasOwn(PRODUCT_TYPES, productType))
    return refused(404, 'NOT_FOUND', `Product type ${productType} does not exist.`);
  const { checksum } = definitionDocument(productType, requirements, parentage);
  const origin = `http://${String(request.headers.host)}`;
  const resource = `${origin}/documents/definitions/${productType}/${requirements}/${parentage}`;
  return success({
    metaSchema: { link: { resource, verb: 'GET' }, checksum },
    schema: { link: { resource, verb: 'GET' }, checksum },
    requirements,
    requirementsEnforced: request.query.get('requirementsEnforced') ?? 'ENFORCED',
    propertyGroups: {},
    locale: request.query.get('locale') ?? 'en_US',
    marketplaceIds: [ACCOUNT.marketplaceId],
    productType,
    displayName: titled(productType),
    productTypeVersion: VERSION,
  });
}

/** The bytes behind a link. The link is signed by itself: a token beside it is a leak, and refused. */
export function definitionBytes(request: SimulatorRequest): SimulatorReply {
  if (request.headers['x-amz-access-token'] !== undefined)
    return { status: 400, body: 'Only one auth mechanism allowed' };
  const [, productType = '', requirements = '', parentage = ''] = DOCUMENTS.exec(request.path) ?? [];
  if (!Object.hasOwn(PRODUCT_TYPES, productType)) return { status: 404, body: 'no such document' };
  const { bytes } = definitionDocument(productType, requirements, parentage);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: bytes };
}

/** `searchDefinitionsProductTypes`: types whose name has one of the words; without words all of them. */
export function searchDefinitions(request: SimulatorRequest): SimulatorReply {
  const keywords = request.query.get('keywords');
  const itemName = request.query.get('itemName');
  if (keywords !== null && itemName !== null) return invalid('keywords and itemName exclude each other.');
  const words = (keywords ?? itemName ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const found = Object.keys(PRODUCT_TYPES).filter(
    (name) => words.length === 0 || words.some((word) => name.includes(word.replace(/S$/, ''))),
  );
  return success({
    productTypes: found.map((name) => ({
      name,
      displayName: titled(name),
      marketplaceIds: [ACCOUNT.marketplaceId],
    })),
    productTypeVersion: VERSION.version,
  });
}

function titled(name: string): string {
  return `${name[0] ?? ''}${name.slice(1).toLowerCase().replaceAll('_', ' ')}`;
}
