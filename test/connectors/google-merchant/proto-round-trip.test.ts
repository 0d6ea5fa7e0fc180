import { createRequire } from 'node:module';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { encodeListing } from '../../../connectors/google-merchant/listing-form.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { wholeListings } from './listing-samples.js';

const require = createRequire(import.meta.url);
// 0.9.0 is the last version that says it runs on Node 20; it is months behind the discovery document.
const root = protobuf.Root.fromJSON(
  require('@google-shopping/products/build/protos/protos.json') as protobuf.INamespace,
);
const PACKAGE = 'google.shopping.merchant.products.v1';
const productInput = root.lookupType(`${PACKAGE}.ProductInput`);

/** JSON as REST has it, in the form protobuf objects are made from; fields the published messages do not have are put aside. */
function toMessage(value: JsonObject, type: protobuf.Type, aside: Set<string>): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    // REST writes customLabel0 where the messages say customLabel_0.
    const field = type.fields[name] ?? type.fields[name.replace(/(\d)$/, '_$1')];
    if (field === undefined) aside.add(`${type.name}.${name}`);
    else {
      const known = messageValue(member, field.resolve(), aside);
      if (known !== null) fields[field.name] = known;
    }
  }
  return fields;
}

function messageValue(value: JsonValue, field: protobuf.Field, aside: Set<string>): JsonValue {
  if (isJsonArray(value)) {
    const entries = value.map((entry) => messageValue(entry, field, aside)).filter((entry) => entry !== null);
    return entries.length === 0 ? null : entries;
  }
  if (
    field.resolvedType instanceof protobuf.Enum &&
    !Object.hasOwn(field.resolvedType.values, String(value))
  ) {
    aside.add(`${field.resolvedType.name} ${String(value)}`);
    return null;
  }
  if (field.resolvedType === null || !(field.resolvedType instanceof protobuf.Type)) return value;
  if (field.resolvedType.fullName === '.google.protobuf.Timestamp') return timestamp(String(value));
  return isJsonObject(value) ? toMessage(value, field.resolvedType, aside) : value;
}

function timestamp(text: string): JsonObject {
  const ms = Date.parse(text);
  return { seconds: String(Math.floor(ms / 1_000)), nanos: (ms % 1_000) * 1_000_000 };
}

function inputOf(listing: JsonObject): JsonObject {
  const encoded = encodeListing(listing);
  if (!encoded.fits) throw new Error(JSON.stringify(encoded.issues));
  const { productAttributes, customAttributes } = encoded;
  return {
    ...{ offerId: 'A', contentLanguage: 'en', feedLabel: 'US', versionNumber: '7' },
    productAttributes,
    customAttributes: [...customAttributes],
  };
}

/** Through the bytes of the wire and back. */
function roundTrip(message: JsonObject): object {
  const made = productInput.fromObject(message);
  const bytes = productInput.encode(made).finish();
  return productInput.toObject(productInput.decode(bytes), { enums: String, longs: String, json: true });
}

/** Doubles that came as they are; floats of the wire have seven digits. */
function sameNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === 'number' ? Number(member.toPrecision(6)) : member,
  );
}

describe('the published protocol buffers of products', () => {
  it('carry every input we can make over the wire without loss', () => {
    const aside = new Set<string>();
    for (const listing of wholeListings(30)) {
      const message = toMessage(inputOf(listing), productInput, aside);
      expect(productInput.verify(productInput.fromObject(message))).toBeNull();
      expect(sameNumbers(roundTrip(message))).toEqual(sameNumbers(message));
    }
    const newer = [...aside].sort();
    process.stdout.write(`not in these protocol buffers yet: ${newer.join(', ')}\n`);
    // Whatever is left out here is checked against the typings, which are newer.
    const attributes = root.lookupType(`${PACKAGE}.ProductAttributes`);
    expect(Object.keys(attributes.fields).length + newer.filter(isTop).length).toBe(145);
  });

  it('lose a value that Google does not have, and so would tell of it', () => {
    const message = toMessage(inputOf({ ...wholeListings(1)[0], condition: 'new' }), productInput, new Set());
    const attributes = message.productAttributes as JsonObject;
    const wrong = { ...message, productAttributes: { ...attributes, condition: 'SHINY' } };
    expect(roundTrip(wrong)).not.toEqual(wrong);
  });
});

function isTop(name: string): boolean {
  return name.startsWith('ProductAttributes.');
}
