import { randomBytes } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { Door } from './server.js';

/** `GET /api/docs`: the API for people; `GET /api/docs/openapi.json`: for programs. Both are made from the routes; neither runs a script. */
export function docsDoor(describe: () => JsonObject): Door {
  let kept: { readonly body: string; readonly json: string } | undefined;
  /** Written with the first reader. */
  const written = (): { readonly body: string; readonly json: string } => {
    if (kept === undefined) {
      const described = describe();
      kept = { body: bodyOf(described), json: JSON.stringify(described, null, 2) };
    }
    return kept;
  };
  return {
    name: 'docs',
    add(server) {
      server.get('/api/docs/openapi.json', (_request, reply) =>
        reply.type('application/json').send(written().json),
      );
      server.get('/api/docs', (_request, reply) => {
        const nonce = randomBytes(16).toString('base64');
        return reply
          .header(
            'content-security-policy',
            `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
          )
          .type('text/html; charset=utf-8')
          .send(pageOf(written().body, nonce));
      });
    },
  };
}

function pageOf(body: string, nonce: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API · Omnifeed</title><style nonce="${nonce}">${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const STYLE = `:root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;margin:20px auto;max-width:960px;padding:0 12px}
h1{font-size:20px}h2{font-size:16px;margin-block:24px 8px}code,pre{font:13px/18px ui-monospace,monospace}
details{border:1px solid #7d8998;border-radius:6px;margin-block:4px;padding:8px 12px}summary{cursor:pointer}pre{overflow:auto}`;

interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly JsonObject[];
  readonly requestBody?: JsonValue;
  readonly responses: JsonObject;
}

function bodyOf(described: JsonObject): string {
  const areas = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(isJsonObject(described.paths) ? described.paths : {}))
    for (const [method, given] of Object.entries(isJsonObject(methods) ? methods : {})) {
      const operation = given as unknown as Operation;
      const area = operation.tags[0] ?? '';
      areas.set(area, [...(areas.get(area) ?? []), shown(`${method.toUpperCase()} ${path}`, operation)]);
    }
  const parts = [...areas].map(([area, all]) => `<h2>${escaped(area)}</h2>${all.join('')}`);
  return `<h1>Omnifeed API</h1><p>Send an API key as <code>Authorization: Bearer …</code>. Answers are JSON; what is refused or fails is
<code>application/problem+json</code>. Lists come in pages: send <code>next</code> back as <code>cursor</code>. POST and PATCH calls take
<code>Idempotency-Key</code>. <a href="/api/docs/openapi.json">OpenAPI 3.1</a></p>${parts.join('')}`;
}

function shown(
  name: string,
  { summary, description, parameters, requestBody, responses }: Operation,
): string {
  const { default: _problem, ...answers } = responses;
  const details = {
    parameters: parameters.map(({ name: member, in: place, schema }) => ({
      [`${String(place)} ${String(member)}`]: schema,
    })),
    requestBody,
    answers,
  };
  return `<details><summary><code>${escaped(name)}</code> ${escaped(summary)}</summary><p>${escaped(description)}</p>
<pre tabindex="0">${escaped(JSON.stringify(details, null, 2))}</pre></details>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
