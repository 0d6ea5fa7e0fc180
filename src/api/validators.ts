import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
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

/** Checks the part of a request a shape is declared for. */
export function requestValidator(shape: Shape<unknown>['schema'], part: string): ValidateFunction {
  return (part === 'body' ? bodies : queries).compile(shape);
}

/**
 * Checks that an answer is what its route declares, neither less nor more: what the documentation says is what is sent, and nothing leaves
 * that was not declared. Throws InvariantError.
 */
export function answerCheck(shape: Shape<unknown>, name: string): (answer: unknown) => void {
  const validate = answers.compile(shape.schema);
  return (answer) => {
    if (validate(answer)) return;
    const [error] = validate.errors ?? [];
    throw new InvariantError(
      `The answer of ${name} is not what it declares: ${error?.instancePath ?? ''} ${error?.message ?? ''}`,
    );
  };
}
