import { PolicyProblem } from '../language/problem.ts';
import { validate } from '../language/validate.ts';
import { type Check, problem } from './check.ts';

/** Only elements, attributes and expressions that API Management knows, each where it may stand. */
export const checkLanguage: Check = ({ bundle, namedValues }) => {
  const examples = Object.fromEntries(
    Object.entries(namedValues).map(([name, { example }]) => [name, example]),
  );
  try {
    validate(bundle, examples);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyProblem)) {
      throw error;
    }
    const { file, line } = error.position;
    return [problem(error.position, error.message.slice(`${file}:${line}: `.length))];
  }
};
