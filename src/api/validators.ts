import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { InvariantError } from '../domain/errors.js';
import type { Shape } from './shape.js';

/** Only our own schemas come here: ajv makes code of them. */
const RULES = { strict: true, strictTypes: false, allErrors: true, ownProperties: true } as const;

const bodies = withFormats(new Ajv2020(RULES));
/** Everything in a query and a path is text; numbers, yes/no and lists of one are read from it. */
const queries = withFormats(new Ajv2020({ ...RULES, coerceTypes: 'array', useDefaults: true }));
const answers = withFormats(new Ajv2020({ ...RULES, allErrors: false }));

function withFormats(ajv: Ajv2020): Ajv2020 {
  addFormats.default(ajv);
  return ajv;
}

/** Judges one value; what is wrong with the last one is in `errors`, as Fastify wants it. */
export interface RequestValidator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/**
 * Checks the part of a request a shape is declared for. The check is compiled with the first request: all of them together take longer than
 * everything else a start does. That each shape is one is tested (test/api/validators.test.ts).
 */
export function requestValidator(shape: Shape<unknown>['schema'], part: string): RequestValidator {
  let compiled: ValidateFunction | undefined;
  const validate: RequestValidator = (value) => {
    compiled ??= (part === 'body' ? bodies : queries).compile(shape);
    const fits = compiled(value);
    validate.errors = compiled.errors ?? null;
    return fits;
  };
  return validate;
}

/**
 * Checks that an answer is what its route declares, neither less nor more: what the documentation says is what is sent, and nothing leaves
 * that was not declared. Throws InvariantError. Compiled with the first answer.
 */
export function answerCheck(shape: Shape<unknown>, name: string): (answer: unknown) => void {
  let compiled: ValidateFunction | undefined;
  return (answer) => {
    compiled ??= answers.compile(shape.schema);
    const validate = compiled;
    if (validate(answer)) return;
    const [error] = validate.errors ?? [];
    throw new InvariantError(
      `The answer of ${name} is not what it declares: ${error?.instancePath ?? ''} ${error?.message ?? ''}`,
    );
  };
}
