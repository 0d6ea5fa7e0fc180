import path from 'node:path';

/**
 * Where the ring of keys is when the configuration does not say: a file beside a SQLite file; null on Postgres, where it is a table of the main
 * database until `keyRing` names another, so that several machines share it.
 */
export function keyRingPlace(database: string): string | null {
  if (/^postgres(ql)?:\/\//.test(database)) return null;
  if (database.includes(':memory:')) return ':memory:';
  const file = database.replace(/^sqlite:/, '');
  return path.join(path.dirname(file), `${path.basename(file, path.extname(file))}-keys.db`);
}
