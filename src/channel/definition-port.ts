import type { JsonObject } from '../domain/json.js';

/** Channels that define the schemas of their listings themselves and change them without notice. */
export interface DefinitionPort {
  /**
   * The schema of a name (see `schemaNameOf`) as the channel defines it now; null: the same as the one with the checksum we
   * hold. A name the channel does not know throws an OperatorError: the mapping names it. A failed read throws a ChannelError.
   */
  fetch(name: string, checksum: string | null): Promise<Definition | null>;
}

/** A schema and the channel's checksum of it. */
export interface Definition {
  readonly checksum: string;
  readonly schema: JsonObject;
}
