/** What can be bound to a `?`. Yes/no is 1 or 0, JSON is text, instants are text, in every database. */
export type Parameter = string | number | null | Uint8Array;

/** Columns of a JSON array that a statement unfolds into rows. */
export type UnfoldColumns = Readonly<Record<string, 'text' | 'integer' | 'real'>>;

/** Where whole rows go. */
export interface Into {
  readonly table: string;
  /** Columns of the rows and their types; members of a row that are absent are written empty. */
  readonly columns: UnfoldColumns;
  /** The end of the statement, `ON CONFLICT (k) DO UPDATE SET …`; it may name `excluded`. */
  readonly conflict?: string;
}

/** A row whose members can all be bound. */
export type Cells<Row> = { readonly [Name in keyof Row]: Parameter | undefined };

/** Statements in portable SQL with `?` for parameters: the same text runs on SQLite and Postgres. */
export interface Queries {
  all<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  get<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row | undefined>;
  /** Runs a writing statement; answers how many rows it changed. */
  run(sql: string, parameters?: readonly Parameter[]): Promise<number>;
  /** Writes whole rows in the fastest way the engine has; answers how many were written. */
  insert<Row extends Cells<Row>>(into: Into, rows: readonly Row[]): Promise<number>;
  /**
   * A table expression over one JSON-array parameter, `FROM ${unfold('r', { sku: 'text' })}`: a whole batch of
   * rows in one statement. The parameter is the text of an array of objects with these members.
   */
  unfold(alias: string, columns: UnfoldColumns): string;
}

/** The reading half of `Queries`. */
export type ReadQueries = Pick<Queries, 'all' | 'get' | 'unfold'>;

/** The one database of a house. SQL is the only ledger; queues hold hints. */
export interface Database extends Queries {
  readonly engine: 'sqlite' | 'postgres';
  /** Statements outside a transaction that see staged rows; on SQLite only the connection that writes has them. */
  readonly staging: ReadQueries;
  /**
   * Runs `work` in one transaction that sees no half-done work of others and is written to disk before it returns.
   * Writers take turns. May be run again after a serialisation failure: `work` touches nothing but the database.
   */
  transaction<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>;
  /** Settings that durability depends on, read back from the connection. */
  durability(): Promise<readonly DurabilityFact[]>;
  close(): Promise<void>;
}

/** One setting of the database as it is, and as it must be. */
export interface DurabilityFact {
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  readonly ok: boolean;
}
