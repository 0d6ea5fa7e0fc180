/** Where something stands in a mapping: names of members and places in lists, `['rules', 2, 'set', 'title']`. */
export type FormPath = readonly (string | number)[];

/** What a form does to the text. Values are expressions; a switch is a plain value. */
export type FormEdit =
  /** Gives a member of a map a value; it is added where it is not there yet. */
  | { readonly do: 'set'; readonly path: FormPath; readonly value: string | boolean }
  /** Takes a member of a map, or an item of a list, away, with the comments above it. */
  | { readonly do: 'remove'; readonly path: FormPath }
  /** Moves an item of a list to another place in it. */
  | { readonly do: 'move'; readonly path: FormPath; readonly to: number }
  /** Puts a copy of a rule, comments and all, behind it under another name. */
  | { readonly do: 'duplicate'; readonly path: FormPath; readonly name: string }
  /** Adds a rule at the end of the rules. */
  | {
      readonly do: 'add rule';
      readonly name: string;
      readonly when: string | null;
      readonly set: Readonly<Record<string, string>>;
    };
