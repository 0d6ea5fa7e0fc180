import { InvariantError, OperatorError } from '../domain/errors.js';
import type { Connector } from './connector.js';

/** The connectors a house knows. */
export interface ConnectorRegistry {
  /** The connector of this id. Throws `unknown_connector`, naming those that exist. */
  get(id: string): Connector;
  has(id: string): boolean;
  /** All, by id. */
  all(): readonly Connector[];
}

/** Puts connectors into a registry. Two with the same id are a defect. */
export function registry(connectors: readonly Connector[]): ConnectorRegistry {
  const byId = new Map<string, Connector>();
  for (const connector of [...connectors].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (byId.has(connector.id)) throw new InvariantError(`two connectors are called ${connector.id}`);
    byId.set(connector.id, connector);
  }
  return {
    get(id) {
      const connector = byId.get(id);
      if (connector) return connector;
      throw new OperatorError(
        'unknown_connector',
        `There is no connector "${id}"`,
        `Use one of: ${[...byId.keys()].join(', ')}.`,
      );
    },
    has: (id) => byId.has(id),
    all: () => [...byId.values()],
  };
}
