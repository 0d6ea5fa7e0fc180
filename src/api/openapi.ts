import { needsSecondFactor, rolesWith, saysOf } from '../access/permissions.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { Route } from './route.js';

/** The OpenAPI 3.1 description of the routes. */
export function openApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`;
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Omnifeed', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: `omnifeed keys create`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'omnifeed', description: 'A person who signed in.' },
      },
    },
  };
}

/** Whether a call of this route changes something. */
export function writes({ method, repeatable }: Pick<Route, 'method' | 'repeatable'>): boolean {
  return method !== 'GET' && repeatable !== true;
}

function operation(route: Route): JsonObject {
  const { permission, summary, body, path } = route;
  const open = permission === 'open';
  return {
    tags: [path.split('/')[1] ?? ''],
    summary,
    description: whoMay(permission),
    operationId: `${route.method.toLowerCase()}${path.replaceAll(/[/:-]+(.)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(open ? { security: [] } : { security: [{ key: [] }, { session: [] }] }),
    parameters: [
      ...parameters(route.params?.schema, 'path'),
      ...parameters(route.query?.schema, 'query'),
      ...(takesKey(route) ? [IDEMPOTENCY] : []),
    ],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      [String(statusOf(route))]: success(route),
      ...('kind' in route.answer && route.answer.kind === 'file' ? { 204: NOTHING_TO_SHOW } : {}),
      default: {
        description: 'Refused or failed.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** Whether a route takes `Idempotency-Key`: repeated PUT and DELETE calls do no harm as they are. */
export function takesKey(route: Route): boolean {
  const { answer, body } = route;
  const plain = !('kind' in answer) || answer.kind === 'nothing';
  const streamed = body !== undefined && 'kind' in body;
  return writes(route) && plain && !streamed && (route.method === 'POST' || route.method === 'PATCH');
}

/** Status of a success. */
export function statusOf({ answer, status }: Pick<Route, 'answer' | 'status'>): number {
  return status ?? ('kind' in answer && answer.kind === 'nothing' ? 204 : 200);
}

const IDEMPOTENCY: JsonObject = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'The same key with the same body gets the first call’s answer again, for a day; with another body 409.',
  schema: { type: 'string', minLength: 8, maxLength: 100 },
};

const NOTHING_TO_SHOW: JsonObject = { description: 'There are no bytes to show now.' };

function whoMay(permission: Route['permission']): string {
  if (permission === 'open') return 'Anybody may call it.';
  if (permission === 'signed-in') return 'Whoever is signed in or has an API key.';
  const factor = needsSecondFactor(permission) ? ' People need a second factor.' : '';
  return `Needs \`${permission}\` (${saysOf(permission)}): ${rolesWith(permission).join(', ')}, or a key with this scope.${factor}`;
}

function parameters(schema: JsonObject | undefined, place: 'path' | 'query'): JsonObject[] {
  const required = new Set((schema?.required as readonly string[] | undefined) ?? []);
  const properties = isJsonObject(schema?.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, member]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: member ?? {},
  }));
}

function contentOf(body: NonNullable<Route['body']>): JsonObject {
  if (!('kind' in body)) return { 'application/json': { schema: body.schema } };
  return Object.fromEntries(body.types.map((type) => [type, { schema: {} }]));
}

function success({ answer }: Route): JsonObject {
  if (!('kind' in answer))
    return { description: 'Done.', content: { 'application/json': { schema: answer.schema } } };
  if (answer.kind === 'nothing') return { description: 'Done.' };
  if (answer.kind === 'file')
    return {
      description: 'The bytes.',
      content: Object.fromEntries(answer.types.map((type) => [type, { schema: {} }])),
    };
  const events = Object.entries(answer.events);
  return {
    description: `A stream of server-sent events: ${events.map(([name]) => `\`${name}\``).join(', ')}, and \`problem\` when it fails.`,
    content: {
      'text/event-stream': {
        schema: {
          oneOf: events.map(([name, { schema }]) => ({
            type: 'object',
            properties: { event: { const: name }, data: schema },
          })),
        },
      },
    },
  };
}

const TEXT = { type: 'string' } as const;
const PROBLEM: JsonObject = {
  type: 'object',
  required: ['status', 'code', 'title', 'owner', 'advice', 'pointers', 'requestId'],
  properties: {
    status: { type: 'integer' },
    code: { ...TEXT, description: 'Stable machine word.' },
    title: { ...TEXT, description: 'What happened, for people.' },
    owner: { enum: ['operator', 'channel', 'us'], description: 'Who must act.' },
    advice: { ...TEXT, description: 'What to do.' },
    pointers: {
      type: 'array',
      description: 'What is wrong where: `/a/b` in the body, `?name` in the query, `:name` in the path.',
      items: {
        type: 'object',
        required: ['pointer', 'message', 'advice'],
        properties: { pointer: TEXT, message: TEXT, advice: { type: ['string', 'null'] } },
      },
    },
    requestId: { ...TEXT, description: 'Names this call in the log.' },
  },
};
