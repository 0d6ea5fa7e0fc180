import type { JsonObject } from '../domain/json.js';

/** One step an operator can take at the channel. Run by `omnifeed channel` and the console, never by a job. */
export interface ChannelAction {
  /** One line: what it does. */
  readonly title: string;
  /** JSON Schema of the parameters: an object of texts. */
  readonly parameters: JsonObject;
  /** Throws ChannelError as any call does. What it returns is shown to the operator: no secrets. */
  run(parameters: JsonObject): Promise<JsonObject>;
}
