import { GraphQLError } from 'graphql';

/** What a list may be asked with. */
export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What resolvers are told of the call as a whole. `bulk`: the operation of a bulk run, whose lists have no size. */
export interface CallContext {
  readonly bulk: boolean;
}

const LARGEST_PAGE = 250;
/** Pages end here; beyond it a bulk operation is needed. */
const DEEPEST = 25_000;

/** A page of a list in the form of connections: nodes, edges, page info. The cursor is the place after the last item shown. */
export function connection<Item, View>(
  items: readonly Item[],
  { first, after }: ListArguments,
  { view, context }: { view(item: Item): View; readonly context: CallContext },
): object {
  if (!context.bulk && (first === undefined || first === null))
    throw refusal('you must provide one of first or last', 'BAD_USER_INPUT');
  const size = context.bulk ? items.length : sized(first ?? 0);
  const start = after === undefined || after === null ? 0 : placeOf(after);
  if (start + size > DEEPEST && !context.bulk)
    throw refusal(`Pagination is limited to ${DEEPEST} objects`, 'PAGINATION_LIMIT');
  const shown = items.slice(start, start + size);
  const end = start + shown.length;
  return {
    nodes: () => shown.map(view),
    edges: () => shown.map((item) => ({ node: view(item) })),
    pageInfo: {
      hasNextPage: end < items.length,
      endCursor: shown.length === 0 ? null : Buffer.from(String(end)).toString('base64url'),
    },
  };
}

/** The size of a list without pages. */
export function sized(first: number): number {
  if (first >= 1 && first <= LARGEST_PAGE) return first;
  throw refusal(`first must be between 1 and ${LARGEST_PAGE}`, 'BAD_USER_INPUT');
}

/** An error of the call, with the code Shopify puts beside it. */
export function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function placeOf(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Number.isSafeInteger(place) && place >= 0) return place;
  throw refusal('Invalid cursor for current pagination sort.', 'BAD_USER_INPUT');
}
