import { createHash } from 'node:crypto';
import type { Definition, DefinitionPort } from '../../../src/channel/definition-port.js';
import { ChannelError, OperatorError } from '../../../src/domain/errors.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { ListingWork } from '../listing-work.js';
import { readSchemaName } from '../requirement-set.js';
import { languageTagOf } from '../settings.js';
import { prepareDefinition } from './prepare.js';

/** Real definitions have 0.5 to 0.9 MB; nothing near this is one. */
const LARGEST_BYTES = 20 * 1024 * 1024;

/**
 * Amazon's definitions of product types for one store: asked for by type, requirement set and place in a family, downloaded
 * from a link that lives seven days and is never kept, checked against the checksum beside it.
 * Source: developer-docs.amazon/sp-api, Product Type Definitions 2020-09-01; `parentageLevel` new in 2026; verified 2026-11.
 */
export function definitionPort(work: ListingWork): DefinitionPort {
  return { fetch: (name, checksum) => fetchDefinition(work, name, checksum) };
}

async function fetchDefinition(
  work: ListingWork,
  name: string,
  checksum: string | null,
): Promise<Definition | null> {
  const { productType, requirements, parentage } = readSchemaName(name);
  const query = {
    sellerId: work.settings.sellerId,
    requirements,
    requirementsEnforced: 'ENFORCED',
    parentageLevel: parentage,
    locale: languageTagOf(work.settings),
  };
  const { body } = await work.client
    .call('getDefinitionsProductType', { path: { productType }, query })
    .catch((error: unknown) => {
      throw isUnknown(error) ? unknownType(productType, error) : error;
    });
  const link = body.schema?.link?.resource;
  const told = body.schema?.checksum;
  if (link === undefined || told === undefined) throw unreadable(productType, 'it names no schema');
  if (told === checksum) return null;
  return {
    checksum: told,
    schema: prepareDefinition(await download(work, { productType, link, checksum: told })),
  };
}

/** The link is signed: it is fetched without our token, and what came is only used when it is what Amazon announced. */
async function download(
  work: ListingWork,
  of: { readonly productType: string; readonly link: string; readonly checksum: string },
): Promise<JsonObject> {
  const reply = await work.host.http.send({ method: 'GET', url: of.link, maxBytes: LARGEST_BYTES });
  if (reply.status !== 200) throw unreadable(of.productType, `its schema answered ${reply.status}`);
  const digest = createHash('md5').update(reply.body).digest('base64');
  if (digest !== of.checksum)
    throw unreadable(of.productType, 'its schema does not have the announced checksum');
  const schema = parsed(reply.body);
  if (!isJsonObject(schema)) throw unreadable(of.productType, 'its schema is no JSON object');
  return schema;
}

function parsed(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}

function isUnknown(error: unknown): error is ChannelError {
  return error instanceof ChannelError && error.kind === 'refused';
}

function unknownType(productType: string, cause: ChannelError): OperatorError {
  return new OperatorError(
    'product_type_unknown',
    `Amazon has no product type ${productType} in this store`,
    'Correct product_type in the mapping; `omnifeed channel <channel> product-types --set words=…` finds the right one.',
    cause,
  );
}

function unreadable(productType: string, why: string): ChannelError {
  return new ChannelError(`the definition of ${productType} cannot be read: ${why}`, {
    code: 'definition_unreadable',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The definition is asked for again by itself; listings of this type wait until then.',
  });
}
