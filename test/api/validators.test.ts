import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../src/api/routes/index.js';
import { answerCheck, requestValidator } from '../../src/api/validators.js';
import { InvariantError } from '../../src/domain/errors.js';

// Checks are compiled with the first call of a route; here every one of them is, so that no caller is the first to find a wrong shape.
describe('what a route declares can be checked', () => {
  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
    const { params, query, body, answer } = route;
    const parts = [
      ...(params ? [['params', params.schema] as const] : []),
      ...(query ? [['querystring', query.schema] as const] : []),
      ...(body !== undefined && !('kind' in body) ? [['body', body.schema] as const] : []),
    ];
    for (const [part, schema] of parts) expect(requestValidator(schema, part)(null)).toBe(false);
    if (!('kind' in answer)) expect(() => answerCheck(answer, name)(undefined)).toThrow(InvariantError);
  });
});
