import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { type RJSFSchema, type RJSFValidationError, toErrorSchema, type ValidatorType } from '@rjsf/utils';

/** Checks by going through a schema: the page's policy forbids the usual way, which compiles a schema into code. */
export const validator: ValidatorType = {
  validateFormData(data, schema) {
    const errors = problems(schema, data).map(asFormError);
    return { errors, errorSchema: toErrorSchema(errors) };
  },
  isValid: (schema, data, root) => problems(withDefinitions(schema, root), data).length === 0,
  rawValidation: <Result>(schema: RJSFSchema, data: unknown) => ({
    errors: problems(schema, data) as Result[],
  }),
};

function problems(schema: RJSFSchema, data: unknown): readonly OutputUnit[] {
  return new Validator(schema as Schema, '2020-12', false).validate(data).errors;
}

function withDefinitions(schema: RJSFSchema, root: RJSFSchema): RJSFSchema {
  return {
    ...schema,
    ...(root.definitions && { definitions: root.definitions }),
    ...(root.$defs && { $defs: root.$defs }),
  };
}

/** Required fields are told of at the object that lacks them; a form shows it at the field. */
function asFormError({ instanceLocation, keyword, error }: OutputUnit): RJSFValidationError {
  const lacking = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined;
  const path = instanceLocation.slice(1).replaceAll('/', '.');
  const property = lacking === undefined ? path : `${path}.${lacking}`;
  const message = lacking === undefined ? error : 'This is needed.';
  return { name: keyword, property, message, stack: message };
}
