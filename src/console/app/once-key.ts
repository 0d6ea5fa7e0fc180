/** A key that makes a write happen once, however often it is sent. Works without https too, where `randomUUID` is missing. */
export function onceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
