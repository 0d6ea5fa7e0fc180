/** A text with values known today. Amazon adds values without notice, so any other text is possible too. */
export type Open<Known extends string | number> = Known | (string & Record<never, never>);

/** An operation without query parameters. */
export type NoQuery = Readonly<Record<string, never>>;

/**
 * An answer as it may really be: every member may be missing, at every depth. Roles decide what is told, models change, and
 * an answer that lacks something must not stop the rest.
 */
export type Said<Type> = Type extends readonly (infer Item)[]
  ? readonly Said<Item>[]
  : Type extends object
    ? string extends keyof Type
      ? Type
      : { readonly [Name in keyof Type]?: Said<Type[Name]> | undefined }
    : Type;
