import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Errors of listings by code, so that equal ones are counted and found; kept by the database itself, whoever writes the listing. */
export const listingIssues: Migration = {
  name: '0056-listing-issues',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema.createTable('listing_issue', (table) => {
        table.text('channel').notNullable();
        table.text('origin').notNullable(); // ours, channel
        table.text('code').notNullable();
        table.text('attribute').notNullable(); // empty: of no attribute
        table.integer('variant_id').notNullable();
        table.primary(['channel', 'code', 'attribute', 'origin', 'variant_id']);
        table.index(['channel', 'variant_id'], 'listing_issue_by_variant');
      }),
    ),
    ...(engine === 'sqlite' ? SQLITE : POSTGRES),
  ],
};

const sqliteRows = (column: string, origin: string): string =>
  `INSERT OR IGNORE INTO listing_issue (channel, origin, code, attribute, variant_id)
   SELECT NEW.channel, '${origin}', value ->> '$.code', COALESCE(value ->> '$.attribute', ''), NEW.variant_id
   FROM json_each(NEW.${column}) WHERE value ->> '$.severity' = 'error';`;

const SQLITE_BODY = `${sqliteRows('issues', 'ours')} ${sqliteRows('verdict_issues', 'channel')}`;

const SQLITE: readonly string[] = [
  `CREATE TRIGGER listing_issue_first AFTER INSERT ON listing WHEN NEW.issues IS NOT NULL OR NEW.verdict_issues IS NOT NULL
   BEGIN ${SQLITE_BODY} END`,
  `CREATE TRIGGER listing_issue_next AFTER UPDATE OF issues, verdict_issues ON listing
   WHEN NEW.issues IS NOT OLD.issues OR NEW.verdict_issues IS NOT OLD.verdict_issues
   BEGIN DELETE FROM listing_issue WHERE channel = NEW.channel AND variant_id = NEW.variant_id; ${SQLITE_BODY} END`,
];

const postgresRows = (column: string, origin: string): string =>
  `INSERT INTO listing_issue (channel, origin, code, attribute, variant_id)
   SELECT NEW.channel, '${origin}', value ->> 'code', COALESCE(value ->> 'attribute', ''), NEW.variant_id
   FROM json_array_elements(CAST(NEW.${column} AS json)) WHERE value ->> 'severity' = 'error' ON CONFLICT DO NOTHING;`;

const POSTGRES: readonly string[] = [
  `CREATE FUNCTION keep_listing_issues() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     IF TG_OP = 'UPDATE' THEN DELETE FROM listing_issue WHERE channel = NEW.channel AND variant_id = NEW.variant_id; END IF;
     ${postgresRows('issues', 'ours')} ${postgresRows('verdict_issues', 'channel')}
     RETURN NULL; END $$`,
  `CREATE TRIGGER listing_issue_first AFTER INSERT ON listing FOR EACH ROW
   WHEN (NEW.issues IS NOT NULL OR NEW.verdict_issues IS NOT NULL) EXECUTE FUNCTION keep_listing_issues()`,
  `CREATE TRIGGER listing_issue_next AFTER UPDATE OF issues, verdict_issues ON listing FOR EACH ROW
   WHEN (NEW.issues IS DISTINCT FROM OLD.issues OR NEW.verdict_issues IS DISTINCT FROM OLD.verdict_issues)
   EXECUTE FUNCTION keep_listing_issues()`,
];
