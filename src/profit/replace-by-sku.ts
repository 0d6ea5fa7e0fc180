/** The end of an insert into a table with one row per channel and SKU: what was there is replaced whole. */
export function replaceBySku(columns: Readonly<Record<string, string>>): string {
  const values = Object.keys(columns).filter((name) => name !== 'channel' && name !== 'sku');
  return `ON CONFLICT (channel, sku) DO UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}
