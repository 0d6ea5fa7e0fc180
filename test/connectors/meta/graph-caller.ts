import { createHmac } from 'node:crypto';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** Calls the simulated Graph as a program of somebody else's would: no code of the connector is used. */
export function graphCaller(simulator: RunningSimulator) {
  const { accessToken = '', appSecret = '', catalogId } = simulator.settings as Record<string, string>;
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');
  const url = (path: string): string => {
    const whole = path.startsWith('/') ? `${catalogId}${path}` : path;
    return `${simulator.url}/v26.0/${whole}${whole.includes('?') ? '&' : '?'}appsecret_proof=${proof}`;
  };
  const authorization = `Bearer ${accessToken}`;
  async function read(reply: Response): Promise<JsonObject> {
    return (await reply.json()) as JsonObject;
  }
  return {
    /** A path with a slash at the front is an edge of the catalog. */
    async get(path: string): Promise<JsonObject> {
      return read(await fetch(url(path), { headers: { authorization } }));
    },
    async post(path: string, body: unknown): Promise<JsonObject> {
      const headers = { authorization, 'content-type': 'application/json' };
      return read(await fetch(url(path), { method: 'POST', headers, body: JSON.stringify(body) }));
    },
    async send(path: string, form: FormData): Promise<JsonObject> {
      return read(await fetch(url(path), { method: 'POST', headers: { authorization }, body: form }));
    },
    async remove(path: string): Promise<JsonObject> {
      return read(await fetch(url(path), { method: 'DELETE', headers: { authorization } }));
    },
    /** The answer as it is, for headers and files. */
    raw(path: string): Promise<Response> {
      return fetch(path.startsWith('http') ? `${path}?appsecret_proof=${proof}` : url(path), {
        headers: { authorization },
      });
    },
    async command(name: string, body: JsonObject = {}): Promise<JsonObject> {
      return read(
        await fetch(`${simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) }),
      );
    },
  };
}
