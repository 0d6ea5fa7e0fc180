import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { ADMIN_SCOPES } from './admin-schema.generated.js';

/** What of a document the app has no scope for, with the scopes of which one is needed; nothing: all is open. A write scope brings its read scope. */
export function deniedAccess(
  schema: GraphQLSchema,
  document: DocumentNode,
  held: ReadonlySet<string>,
): { readonly what: string; readonly scopes: readonly string[] } | null {
  const has = (scope: string): boolean => held.has(scope) || held.has(scope.replace(/^read_/, 'write_'));
  const info = new TypeInfo(schema);
  let denied: { what: string; scopes: readonly string[] } | null = null;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType()?.name ?? '';
        const type = getNamedType(info.getType())?.name ?? '';
        for (const what of [`${parent}.${node.name.value}`, type]) {
          const scopes = ADMIN_SCOPES[what];
          // The order inside a created payload needs what the mutation needs: the scopes of its type.
          if (scopes !== undefined && !scopes.some(has)) denied ??= { what, scopes };
        }
      },
    }),
  );
  return denied;
}
