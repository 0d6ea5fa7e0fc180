import type { SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Backend } from './backend.js';

/** One method of the Merchant API as the simulator answers it. */
export interface Route {
  /** Sub-API and method as quotas name them: `products.productInputs.insert`. */
  readonly call: string;
  /** HTTP method and path; `{a}` is the account, other names in braces are one segment each. */
  readonly http: string;
  /** The body of the 200, or a thrown `GoogleRefusal`. */
  answer(request: SimulatorRequest, backend: Backend, segments: readonly string[]): JsonObject;
}

/** A route found for a request, and what its braces stand for there, the account left out. */
export interface Match {
  readonly route: Route;
  /** Null: the path names no account. */
  readonly account: string | null;
  readonly segments: readonly string[];
}

/** Looks a request up in a table of routes; the first that fits wins. Null: there is no such method. */
export function routeTable(routes: readonly Route[]): (request: SimulatorRequest) => Match | null {
  const compiled = routes.map((route) => ({ route, ...patternOf(route.http) }));
  return (request) => {
    for (const { route, method, path, account } of compiled) {
      const found = method === request.method ? path.exec(request.path) : null;
      if (!found) continue;
      const segments = found.slice(1);
      return account
        ? { route, account: segments[0] ?? '', segments: segments.slice(1) }
        : { route, account: null, segments };
    }
    return null;
  };
}

function patternOf(http: string): { method: string; path: RegExp; account: boolean } {
  const [method = '', path = ''] = http.split(' ');
  const source = path.replace(/[.:]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)');
  return { method, path: new RegExp(`^${source}$`), account: path.includes('{a}') };
}
