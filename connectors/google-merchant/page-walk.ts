import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';

/** Largest number of pages taken of one list: a page token that never ends must not hold a run for ever. */
const MOST_PAGES = 10_000;

/** The objects of one member of a page; entries of another form are left out. */
export function objectsIn(page: JsonObject, member: string): readonly JsonObject[] {
  const list = page[member];
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

/** The token of the next page; null: this was the last one. A short page is not the end. */
export function nextTokenOf(page: JsonObject): string | null {
  const token = page.nextPageToken;
  return typeof token === 'string' && token !== '' ? token : null;
}

/** Everything of a list, page by page. A failed page throws; it is never the end of the list. */
export async function wholeList(
  member: string,
  fetchPage: (pageToken: string | null) => Promise<JsonObject>,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  let token: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await fetchPage(token);
    found.push(...objectsIn(page, member));
    token = nextTokenOf(page);
    if (token === null) break;
  }
  return found;
}
