/** The part of a Swagger 2 document that types are made of. */
export interface SwaggerModel {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, SwaggerSchema>>;
}

/** One operation of a path. */
export interface SwaggerOperation {
  readonly operationId?: string;
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, { readonly schema?: SwaggerSchema }>>;
}

/** A parameter; `schema` for the body, the other members for all others. */
export interface SwaggerParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly required?: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: SwaggerSchema;
  readonly schema?: SwaggerSchema;
}

/** A schema as Swagger 2 writes it. */
export interface SwaggerSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, SwaggerSchema>>;
  readonly required?: readonly string[];
  readonly items?: SwaggerSchema;
  readonly additionalProperties?: boolean | SwaggerSchema;
  readonly allOf?: readonly SwaggerSchema[];
}
