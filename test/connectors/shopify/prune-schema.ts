import {
  assertValidSchema,
  buildClientSchema,
  buildSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  Kind,
  parse,
  print,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { JsonObject } from '../../../src/domain/json.js';

/** A published description of the Admin API: introspection and, per type and field, the scopes of which one is needed. */
export interface PublishedSchema {
  readonly data: IntrospectionQuery;
  readonly offline_scopes: {
    readonly items: readonly {
      readonly typeName: string;
      readonly fieldName?: string;
      readonly offlineScopes: readonly string[];
    }[];
  };
}

/** The part of a schema that documents reach: the fields they ask for, whole inputs and enumerations, no prose. */
export function prunedSchema(published: PublishedSchema, documents: readonly string[]): string {
  const schema = buildClientSchema(published.data);
  const fields = usedFields(
    schema,
    documents.map((text) => parse(text)),
  );
  const kept = reachedTypes(schema, fields);
  // Printed whole and cut afterwards: what is written about a type stays with it.
  const whole = parse(printSchema(schema), { noLocation: true });
  const cut = visit(whole, {
    enter(node) {
      if ('description' in node && node.description) return { ...node, description: undefined };
      if (node.kind === Kind.DIRECTIVE && node.name.value === 'deprecated') return { ...node, arguments: [] };
      return undefined;
    },
  });
  const definitions = cut.definitions.flatMap((definition: DefinitionNode): readonly DefinitionNode[] => {
    if (definition.kind === Kind.SCHEMA_DEFINITION) return [definition];
    if (definition.kind === Kind.DIRECTIVE_DEFINITION)
      return definition.name.value === 'idempotent' ? [definition] : [];
    if (!('name' in definition) || !definition.name || !kept.has(definition.name.value)) return [];
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return [definition];
    const faces = (definition.interfaces ?? [])
      .map((face) => face.name.value)
      .filter((name) => kept.has(name));
    const own = new Set(
      [definition.name.value, ...faces].flatMap((name) => [...(fields.get(name) ?? ['id'])]),
    );
    return [
      {
        ...definition,
        interfaces: (definition.interfaces ?? []).filter((face) => kept.has(face.name.value)),
        fields: (definition.fields ?? []).filter((field) => own.has(field.name.value)),
      },
    ];
  });
  const text = print({ kind: Kind.DOCUMENT, definitions });
  assertValidSchema(buildSchema(text));
  return text;
}

/** `Type` or `Type.field` → the scopes of which an app needs one; only what a schema has. */
export function prunedScopes(published: PublishedSchema, sdl: string): Record<string, readonly string[]> {
  const schema = buildSchema(sdl);
  const scopes: Record<string, readonly string[]> = {};
  for (const { typeName, fieldName, offlineScopes } of published.offline_scopes.items) {
    const type = schema.getType(typeName);
    if (offlineScopes.length === 0 || !isObjectType(type)) continue;
    if (fieldName === undefined) scopes[typeName] = offlineScopes;
    else if (type.getFields()[fieldName]) scopes[`${typeName}.${fieldName}`] = offlineScopes;
  }
  return Object.fromEntries(Object.entries(scopes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The generated file of the simulator. */
export function schemaFile(version: string, sdl: string, scopes: JsonObject): string {
  return [
    `// Shopify Admin API ${version}: what the documents of this connector reach of the published schema (npm @shopify/dev-mcp, ISC).`,
    '// Written by test/connectors/shopify/schema.test.ts; never edited by hand.',
    '',
    '/** Types, in the language of GraphQL schemas. */',
    `export const ADMIN_SDL = ${JSON.stringify(sdl.split('\n'), null, 1)}.join('\\n');`,
    '',
    '/** Type, or type and field, and the access scopes of which an app needs one. */',
    `export const ADMIN_SCOPES: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(scopes, null, 1)};`,
    '',
  ].join('\n');
}

function usedFields(schema: GraphQLSchema, documents: readonly DocumentNode[]): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const document of documents) {
    const info = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(info, {
        Field(node) {
          const parent = info.getParentType()?.name;
          if (parent === undefined || node.name.value.startsWith('__')) return;
          const own = used.get(parent) ?? new Set();
          used.set(parent, own.add(node.name.value));
        },
      }),
    );
  }
  return used;
}

function reachedTypes(schema: GraphQLSchema, fields: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const kept = new Set<string>();
  const walk = (type: GraphQLNamedType): void => {
    if (kept.has(type.name)) return;
    kept.add(type.name);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) walk(getNamedType(field.type));
    if (isEnumType(type) || isScalarType(type) || isUnionType(type)) return;
    if (isObjectType(type) || isInterfaceType(type)) {
      const own = fields.get(type.name) ?? new Set(['id']);
      for (const field of Object.values(type.getFields()).filter(({ name }) => own.has(name))) {
        walk(getNamedType(field.type));
        for (const argument of field.args) walk(getNamedType(argument.type));
      }
    }
  };
  for (const name of fields.keys()) {
    const type = schema.getType(name);
    if (type) walk(type);
  }
  // What is asked through an interface is answered by its implementations. Nearly everything is a Node: those are reached by themselves.
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && type.getInterfaces().some(({ name }) => name !== 'Node' && fields.has(name)))
      kept.add(type.name);
  return kept;
}
