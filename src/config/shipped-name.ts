/** Whether a source's `mapping` names one that is shipped (`vendure`) rather than a file of the merchant's (`my.yaml`, `./my`). */
export function isShippedName(mapping: string): boolean {
  return /^[a-z0-9-]+$/.test(mapping);
}
