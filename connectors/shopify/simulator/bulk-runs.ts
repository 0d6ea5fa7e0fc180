import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { stamp } from './order-views.js';
import type { ShopState } from './shop-state.js';

/** Bulk operations of the shop: queries that run by themselves and leave a file. */
export interface BulkRuns {
  start(args: { readonly query: string; readonly groupObjects: boolean }): object;
  view(id: string): object | null;
  /** The file at a path; null: there is none (any more). */
  file(path: string): Buffer | null;
  /** All files are past their seven days. */
  expireFiles(): void;
}

interface Run {
  readonly id: string;
  readonly startedMs: number;
  readonly doneMs: number;
  readonly lines: readonly JsonObject[];
  readonly roots: number;
  readonly file: Buffer;
  readonly failed: boolean;
}

const AT_ONCE = 5;
const MOST_CONNECTIONS = 5;

/** What bulk operations need of the shop. */
export interface BulkParts {
  readonly shop: ShopState;
  readonly schema: GraphQLSchema;
  readonly root: () => object;
  readonly processingMs: number;
  readonly address: () => string;
}

/** No operation has run yet. */
export function bulkRuns(parts: BulkParts): BulkRuns {
  const { shop } = parts;
  const runs = new Map<string, Run>();
  let expired = false;
  const refused = (code: string, message: string): object => ({
    bulkOperation: null,
    userErrors: [{ code, field: ['query'], message }],
  });
  return {
    start({ query, groupObjects }) {
      const under = [...runs.values()].filter(({ doneMs }) => doneMs > shop.nowMs());
      if (under.length >= AT_ONCE)
        return refused('LIMIT_REACHED', 'Five bulk operations are running already');
      const document = parse(query);
      const [complaint] = validate(parts.schema, document);
      if (complaint) return refused('INVALID', complaint.message);
      if ((query.match(/\bedges\b/g) ?? []).length > MOST_CONNECTIONS)
        return refused('INVALID', 'Bulk queries may contain a maximum of 5 connections');
      const result = execute({
        schema: parts.schema,
        document,
        rootValue: parts.root(),
        contextValue: { bulk: true },
      });
      if (result instanceof Promise) throw new Error('a bulk query is answered at once');
      if (result.errors) return refused('INVALID', result.errors[0]?.message ?? '');
      const grouped = linesOf(JSON.parse(JSON.stringify(result.data)) as JsonObject);
      const run = runOf(parts, groupObjects ? grouped : apart(grouped));
      runs.set(run.id, run);
      expired = false;
      return {
        bulkOperation: { id: run.id, status: 'CREATED', createdAt: stamp(run.startedMs) },
        userErrors: [],
      };
    },
    view(id) {
      const run = runs.get(id);
      if (run === undefined) return null;
      const done = shop.nowMs() >= run.doneMs;
      const address = `${parts.address()}/bulk-results/${id.split('/').at(-1)}.jsonl`;
      return {
        __typename: 'BulkOperation',
        id,
        status: done ? (run.failed ? 'FAILED' : 'COMPLETED') : 'RUNNING',
        errorCode: done && run.failed ? 'INTERNAL_SERVER_ERROR' : null,
        objectCount: String(done ? run.lines.length : 0),
        rootObjectCount: String(done ? run.roots : 0),
        createdAt: stamp(run.startedMs),
        url: done && !run.failed && run.lines.length > 0 ? address : null,
      };
    },
    file(path) {
      const id = /^\/bulk-results\/(\d+)\.jsonl$/.exec(path)?.[1];
      const run = runs.get(`gid://shopify/BulkOperation/${id}`);
      return run === undefined || expired ? null : run.file;
    },
    expireFiles() {
      expired = true;
    },
  };
}

function runOf({ shop, processingMs }: BulkParts, lines: readonly JsonObject[]): Run {
  const written = shop.switches.bulk === 'cut' ? lines.slice(0, -1) : lines;
  return {
    id: shop.nextId('BulkOperation'),
    startedMs: shop.nowMs(),
    doneMs: shop.nowMs() + processingMs,
    lines,
    roots: lines.filter(({ __parentId }) => __parentId === undefined).length,
    file: Buffer.from(written.map((line) => `${JSON.stringify(line)}\n`).join('')),
    failed: shop.switches.bulk === 'fails',
  };
}

/** Every node of every connection as a line of its own, children behind their parent and with its id. */
function linesOf(data: JsonObject): JsonObject[] {
  return Object.values(data).flatMap((value) => nodesOf(value).flatMap((node) => withChildren(node, null)));
}

function withChildren(node: JsonObject, parent: string | null): JsonObject[] {
  const own = Object.entries(node).filter(([, value]) => !isConnection(value));
  const children = Object.values(node).filter(isConnection);
  const line = { ...Object.fromEntries(own), ...(parent === null ? {} : { __parentId: parent }) };
  return [
    line,
    ...children.flatMap((value) => nodesOf(value).flatMap((child) => withChildren(child, String(node.id)))),
  ];
}

const isConnection = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) && isJsonArray(value.edges);

function nodesOf(value: JsonValue | undefined): readonly JsonObject[] {
  const edges = isJsonObject(value) && isJsonArray(value.edges) ? value.edges.filter(isJsonObject) : [];
  return edges.map(({ node }) => node).filter(isJsonObject);
}

/** Ungrouped: a child stands anywhere behind its parent; here, all children behind all parents, backwards. */
function apart(lines: readonly JsonObject[]): JsonObject[] {
  const children = lines.filter(({ __parentId }) => __parentId !== undefined);
  return [...lines.filter(({ __parentId }) => __parentId === undefined), ...children.reverse()];
}
