import { fragmentFile, type PolicyBundle } from '../../gateway/language/bundle.ts';
import { ExpressionFailure } from '../../gateway/language/expressions/types.ts';
import { type NamedValues, substitute } from '../../gateway/language/named-values.ts';
import { PolicyProblem, type Position } from '../../gateway/language/problem.ts';
import { compileValue, type Value, type ValueKind } from '../../gateway/language/values.ts';
import type { XmlElement } from '../../gateway/language/xml.ts';
import { PolicyFailure } from './failure.ts';
import { policyCompilers } from './policies/index.ts';
import type { CompilerTools, Flow, GatewayRuntime, Step } from './step.ts';

/** Makes steps of elements. The bundle has been validated, so every element is known. */
export function policyTools(
  bundle: PolicyBundle,
  values: NamedValues,
  runtime: GatewayRuntime,
): CompilerTools {
  const fragments = new Map<string, Step>();
  const evaluate = (kind: ValueKind, text: string, position: Position): Value<unknown> =>
    compileValue(kind, substitute(text, values, position), position);
  const attribute =
    (kind: ValueKind) =>
    (element: XmlElement, name: string, otherwise?: unknown): Value<unknown> => {
      const found = element.attributes.get(name);
      return found === undefined ? () => otherwise : evaluate(kind, found.value, found.position);
    };
  const literal = (text: string, position: Position): string => substitute(text, values, position);
  const tools: CompilerTools = {
    runtime,
    steps: (elements) => sequence(elements.map((element) => compileElement(element, tools))),
    fragment(id) {
      const known = fragments.get(id);
      if (known !== undefined) {
        return known;
      }
      const step = tools.steps(bundle.documents.get(fragmentFile(id))?.children ?? []);
      fragments.set(id, step);
      return step;
    },
    text: attribute('text') as CompilerTools['text'],
    integer: attribute('integer') as CompilerTools['integer'],
    boolean: attribute('boolean') as CompilerTools['boolean'],
    variable: attribute('variable'),
    content: ({ text, textPosition }) => evaluate('text', text, textPosition) as Value<string>,
    literal(element, name) {
      const found = element.attributes.get(name);
      return found === undefined ? '' : literal(found.value, found.position);
    },
    literals: (elements, name) =>
      elements
        .filter((element) => element.name === name)
        .map(({ text, textPosition }) => literal(text, textPosition).trim()),
  };
  return tools;
}

function compileElement(element: XmlElement, tools: CompilerTools): Step {
  const compile = policyCompilers[element.name];
  if (compile === undefined) {
    throw new PolicyProblem(element.position, `<${element.name}> cannot be run by the local gateway`);
  }
  const step = compile(element, tools);
  return async (exchange) => {
    try {
      return await step(exchange);
    } catch (error) {
      if (!(error instanceof ExpressionFailure)) {
        throw error;
      }
      const where = `${element.position.file}:${element.position.line}`;
      throw new PolicyFailure(
        element.name,
        'ExpressionValueEvaluationFailure',
        500,
        `${where}: ${error.message}`,
      );
    }
  };
}

/** Runs steps in order until one has answered. */
export function sequence(steps: readonly Step[]): Step {
  return async (exchange): Promise<Flow> => {
    for (const step of steps) {
      if ((await step(exchange)) === 'ended') {
        return 'ended';
      }
    }
    return 'next';
  };
}
