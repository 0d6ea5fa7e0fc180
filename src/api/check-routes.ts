import { isPermission } from '../access/permissions.js';
import { InvariantError } from '../domain/errors.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { Route } from './route.js';

/**
 * Throws InvariantError unless every route says who may call it, its path and params agree, nothing is declared twice, and everything that
 * comes from outside has a bound. The app does not start on a route that does not.
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    const wrong = wrongIn(route);
    if (wrong !== null) throw new InvariantError(`Route ${name} ${wrong}`);
    const place = `${route.method} ${route.path.replaceAll(/:[A-Za-z]+/g, ':')}`;
    if (seen.has(place)) throw new InvariantError(`Route ${name} is declared twice`);
    seen.add(place);
  }
}

function wrongIn({ method, path, permission, params, query, body, summary }: Route): string | null {
  const declared: string | undefined = permission;
  if (declared === undefined || !(declared === 'open' || declared === 'signed-in' || isPermission(declared)))
    return 'says not who may call it';
  if (!/^(\/([a-z][a-z0-9-]*|:[a-z][A-Za-z]*))+$/.test(path)) return 'has a path of another form';
  if (!/\.$/.test(summary)) return 'has no sentence about it';
  if (method === 'GET' && body !== undefined) return 'is a GET with a body';
  const named = [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name);
  const given = Object.keys((params?.schema.properties as object | undefined) ?? {});
  if (named.join() !== given.join()) return `has params ${given.join()} for ${named.join()}`;
  for (const [what, shape] of Object.entries({ params, query, body })) {
    if (shape === undefined || 'kind' in shape) continue;
    const open = unbounded(shape.schema, what);
    if (open !== null) return `takes ${open} without a bound`;
  }
  return null;
}

/** The place of the first text, list or object of any names that has no bound. */
function unbounded(schema: JsonObject, at: string): string | null {
  if (schema.type === 'string' && schema.maxLength === undefined && schema.enum === undefined) return at;
  if (schema.type === 'array' && schema.maxItems === undefined) return at;
  const free = isJsonObject(schema.additionalProperties) ? schema.additionalProperties : null;
  if (free !== null && schema.maxProperties === undefined) return at;
  const inner: [string, JsonValue | undefined][] = [
    ...Object.entries(isJsonObject(schema.properties) ? schema.properties : {}),
    ['items', schema.items],
    ['names', free ?? undefined],
    ...((schema.anyOf as readonly JsonValue[] | undefined) ?? []).map((one): [string, JsonValue] => [
      'choice',
      one,
    ]),
  ];
  for (const [name, part] of inner) {
    const found = isJsonObject(part) ? unbounded(part, `${at}.${name}`) : null;
    if (found !== null) return found;
  }
  return null;
}
