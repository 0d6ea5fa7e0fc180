import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
} from 'graphql';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import {
  canonicalJson,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../../src/domain/json.js';
import { deniedAccess } from './access.js';
import { refusal } from './connections.js';
import { type CostBucket, requestedCost } from './cost.js';
import type { ShopWorld } from './shop-world.js';

/** Mutations that need `@idempotent` since 2026-04, and refuse a key that comes again with other variables. */
const IDEMPOTENT: Readonly<Record<string, IdempotentAnswer>> = {
  refundCreate: { made: 'refund', codes: false },
  inventorySetQuantities: { made: 'inventoryAdjustmentGroup', codes: true },
};

/** What the payload of such a mutation calls what was made, and whether its user errors have codes. */
interface IdempotentAnswer {
  readonly made: string;
  readonly codes: boolean;
}

const LARGEST_LIST = 250;
const PATH = /^\/admin\/api\/([^/]+)\/graphql\.json$/;

/** What the door needs. */
export interface DoorParts {
  readonly world: ShopWorld;
  readonly schema: GraphQLSchema;
  readonly bucket: CostBucket;
  readonly root: () => object;
}

/** The name of the operation of a call, for faults and the log of calls. */
export function operationName(request: SimulatorRequest): string | null {
  if (!PATH.test(request.path)) return null;
  return /(?:query|mutation)\s+(\w+)/.exec(request.body.toString('utf8'))?.[1] ?? null;
}

/** Executes one call of the Admin API on the published schema; null: the path is another. */
export function answerGraphql(parts: DoorParts, request: SimulatorRequest): SimulatorReply | null {
  const version = PATH.exec(request.path)?.[1];
  if (version === undefined) return null;
  const served = parts.world.shop.switches.servedVersion ?? version;
  const headers = {
    'x-shopify-api-version': served,
    'x-request-id': `simulated-${parts.world.shop.nowMs()}`,
  };
  const call = callOf(request);
  if (call === null)
    return { status: 400, headers, body: { errors: { query: 'Required parameter missing or invalid' } } };
  return { status: 200, headers, body: executed(parts, call) };
}

interface Call {
  readonly text: string;
  readonly variables: JsonObject;
}

function callOf({ method, body }: SimulatorRequest): Call | null {
  if (method !== 'POST') return null;
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (!isJsonObject(parsed) || typeof parsed.query !== 'string') return null;
    return { text: parsed.query, variables: isJsonObject(parsed.variables) ? parsed.variables : {} };
  } catch {
    return null;
  }
}

function executed({ world, schema, bucket, root }: DoorParts, { text, variables }: Call): JsonObject {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return { errors: [{ message: String(error), extensions: { code: 'PARSE_ERROR' } }] };
  }
  const complaints = validate(schema, document);
  if (complaints.length > 0)
    return { errors: complaints.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } })) };
  const requested = requestedCost(document, variables);
  const cost = (actual: number | null): JsonObject => ({
    cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: { ...bucket.status() } },
  });
  const { mostCost } = world.shop.switches;
  if (requested > mostCost) {
    const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${mostCost}).`;
    return { errors: [{ message, extensions: { code: 'MAX_COST_EXCEEDED' } }] };
  }
  if (!bucket.take(requested))
    return { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: cost(null) };
  const refused = deniedAnswer(world, schema, document) ?? listRefusal(variables);
  if (refused !== null) return { ...refused, extensions: cost(requested) };
  const once = idempotency(world, document, variables);
  if (once.answer !== null) return { ...once.answer, extensions: cost(requested) };
  const result = execute({
    schema,
    document,
    rootValue: root(),
    variableValues: variables,
    contextValue: { bulk: false },
  });
  if (result instanceof Promise) throw new Error('the shop answers at once');
  const answer = JSON.parse(JSON.stringify(result)) as JsonObject;
  once.keep(answer);
  // An error that stands for the call as a whole comes without data.
  const whole = result.errors?.find((error: GraphQLError) => error.extensions.code === 'THROTTLED');
  bucket.refund(Math.floor(requested / 2));
  const actual = requested - Math.floor(requested / 2);
  return whole ? { errors: answer.errors, extensions: cost(null) } : { ...answer, extensions: cost(actual) };
}

function deniedAnswer(world: ShopWorld, schema: GraphQLSchema, document: DocumentNode): JsonObject | null {
  const denied = deniedAccess(schema, document, world.shop.scopes);
  if (denied === null) return null;
  const needs = denied.scopes.map((scope) => `\`${scope}\``).join(' or ');
  const message = `Access denied for ${denied.what} field. Required access: ${needs} access scope.`;
  return { data: null, errors: [{ message, extensions: { code: 'ACCESS_DENIED' } }] };
}

function listRefusal(variables: JsonObject): JsonObject | null {
  if (!Object.values(variables).some((value) => isTooLong(value))) return null;
  const { message, extensions } = refusal(
    `The input array size is greater than the maximum of ${LARGEST_LIST}`,
    'MAX_INPUT_SIZE_EXCEEDED',
  );
  return { errors: [{ message, extensions: extensions as JsonObject }] };
}

function isTooLong(value: JsonValue | undefined): boolean {
  if (isJsonArray(value)) return value.length > LARGEST_LIST || value.some(isTooLong);
  return isJsonObject(value) && Object.values(value).some(isTooLong);
}

/** The key of a mutation that needs one: missing is an error, known is answered as before, known with other variables is refused. */
function idempotency(
  world: ShopWorld,
  document: DocumentNode,
  variables: JsonObject,
): { readonly answer: JsonObject | null; keep(answer: JsonObject): void } {
  const none = { answer: null, keep: () => undefined };
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return none;
  const field = operation.selectionSet.selections.find(
    (each) => each.kind === Kind.FIELD && each.name.value in IDEMPOTENT,
  );
  if (field?.kind !== Kind.FIELD) return none;
  const directive = field.directives?.find(({ name }) => name.value === 'idempotent');
  const value = directive?.arguments?.find(({ name }) => name.value === 'key')?.value;
  const key = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  if (typeof key !== 'string' || key === '')
    return {
      ...none,
      answer: {
        errors: [
          {
            message: 'The @idempotent directive is required for this mutation',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      },
    };
  const asked = canonicalJson(variables);
  const known = world.keys.get(key);
  if (known === undefined)
    return { answer: null, keep: (answer) => void world.keys.set(key, { asked, answer }) };
  const kind = IDEMPOTENT[field.name.value];
  const refused = (code: string, message: string) => {
    const error = { ...(kind?.codes ? { code } : {}), field: null, message };
    const payload = { [kind?.made ?? '']: null, userErrors: [error] };
    return { ...none, answer: { data: { [field.name.value]: payload } } };
  };
  if (known.asked !== asked)
    return refused(
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
      'The idempotency key was used with other parameters',
    );
  return kind?.codes && hasFailed(known.answer, field.name.value)
    ? refused(
        'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
        'A previous request with this idempotency key failed. Retry with a new idempotency key.',
      )
    : { ...none, answer: known.answer };
}

function hasFailed({ data, errors }: JsonObject, mutation: string): boolean {
  const payload = isJsonObject(data) ? data[mutation] : undefined;
  const complaints = isJsonObject(payload) ? payload.userErrors : undefined;
  return errors !== undefined || (isJsonArray(complaints) && complaints.length > 0);
}
