/**
 * Asks a simulator over a connection of its own. Simulators and house live in this process and may keep it busy for longer than
 * a server keeps an idle connection: one that waits for its next use would be closed under the question.
 */
export function ask(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { connection: 'close' } });
}
