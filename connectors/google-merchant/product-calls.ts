import type { JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import type { NestedCall } from './multipart.js';

/** A product input by its base64url name, in the data source that holds it. */
export interface InputTarget {
  readonly pathName: string;
  readonly dataSource: string;
}

/** Google's largest page (products.list, verified 2026-11-23): one call for a thousand products. */
const PAGE_SIZE = 1_000;

/** Replaces an input in its data source, or creates it. */
export function insertInput(client: MerchantClient, dataSource: string, body: JsonObject): NestedCall {
  const path = `${client.account}/productInputs:insert?dataSource=${encodeURIComponent(dataSource)}`;
  return { method: 'POST', path: client.nestedPath('products', path), body };
}

/** Changes the fields the mask names; those without a value are taken off. */
export function patchInput(
  client: MerchantClient,
  target: InputTarget,
  { mask, body }: { readonly mask: string; readonly body: JsonObject },
): NestedCall {
  const path = `${inputPath(client, target)}&updateMask=${encodeURIComponent(mask)}`;
  return { method: 'PATCH', path: client.nestedPath('products', path), body };
}

/** Deletes an input; the product goes when it was the primary one. */
export function deleteInput(client: MerchantClient, target: InputTarget): NestedCall {
  return { method: 'DELETE', path: client.nestedPath('products', inputPath(client, target)) };
}

/** The processed product. */
export function getProduct(client: MerchantClient, pathName: string): NestedCall {
  return { method: 'GET', path: client.nestedPath('products', `${client.account}/products/${pathName}`) };
}

/** A page of processed products. */
export function listProducts(client: MerchantClient, pageToken: string | null): Promise<JsonObject> {
  return client.ask({
    method: 'products.list',
    api: 'products',
    verb: 'GET',
    path: `${client.account}/products`,
    query: { pageSize: PAGE_SIZE, pageToken: pageToken ?? undefined },
  });
}

function inputPath(client: MerchantClient, { pathName, dataSource }: InputTarget): string {
  return `${client.account}/productInputs/${pathName}?dataSource=${encodeURIComponent(dataSource)}`;
}
