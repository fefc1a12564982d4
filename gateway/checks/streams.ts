import { withDescendants, type XmlElement } from '../language/xml.ts';
import { type Check, type Problem, problem } from './check.ts';

/** Seconds; Azure's load balancer cuts at 240. */
const timeout = '230';

/** Policies that hold a stream back until it ends. */
const buffering = [
  'validate-content',
  'cache-store',
  'llm-content-safety',
  'find-and-replace',
  'json-to-xml',
];

/** Nothing holds a stream back: no look at a body, no buffering, the right timeout. */
export const checkStreams: Check = ({ bundle }) =>
  [...bundle.documents.values()].flatMap((root) => withDescendants(root).flatMap(checkElement));

function checkElement(element: XmlElement): readonly Problem[] {
  const { name, position, attributes } = element;
  const texts = [element.text, ...[...attributes.values()].map(({ value }) => value)];
  const forwards = name === 'forward-request';
  return [
    ...(texts.some((text) => /\bRe(sponse|quest)\s*\.\s*Body\b/.test(text))
      ? [problem(position, 'an expression reads a body, which holds streams back')]
      : []),
    ...(buffering.includes(name) ? [problem(position, `<${name}> holds streams back`)] : []),
    ...(forwards && attributes.get('buffer-response')?.value !== 'false'
      ? [problem(position, 'forward-request needs buffer-response="false"')]
      : []),
    ...(forwards && attributes.get('timeout')?.value !== timeout
      ? [problem(position, `forward-request needs timeout="${timeout}"`)]
      : []),
  ];
}
