import { compileExpression } from '#gateway/language/expressions/compile';
import { PolicyProblem } from '#gateway/language/problem';
import { parseXml } from '#gateway/language/xml';
import { must, orRefused, type Target } from '../target.ts';

const position = { file: 'any.xml', line: 1 };

/** A policy file, and an expression in it: read, or refused with the place where it is wrong. */
export const fuzz: Target = (data) => {
  const text = data.toString();
  if (text.startsWith('<')) {
    const root = orRefused(() => parseXml('any.xml', text), PolicyProblem);
    must(root === undefined || root.position.line >= 1, 'an element has a line');
    return;
  }
  for (const expression of [`@(${text})`, `@{${text}}`]) {
    const compiled = orRefused(() => compileExpression(expression, position), PolicyProblem);
    must(compiled === undefined || typeof compiled.type === 'string', 'an expression has a type');
  }
};
