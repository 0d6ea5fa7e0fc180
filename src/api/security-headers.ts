import type { FastifyInstance } from 'fastify';

/** Headers of every answer, whatever it is. */
export const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What every answer tells browsers, unless a route says otherwise: take it for what it is called, show it in no frame, run nothing. */
export function addSecurityHeaders(server: FastifyInstance, https: boolean): void {
  server.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(ALWAYS)) reply.header(name, value);
    if (https || request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });
}
