import { SaxesParser } from 'saxes';
import { PolicyProblem, type Position } from './problem.ts';

export interface XmlAttribute {
  readonly value: string;
  readonly position: Position;
}

export interface XmlElement {
  readonly name: string;
  readonly position: Position;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, entities resolved. */
  readonly text: string;
  /** Where the text begins. */
  readonly textPosition: Position;
}

interface OpenElement extends XmlElement {
  attributes: Map<string, XmlAttribute>;
  children: XmlElement[];
  text: string;
}

/**
 * Reads a well-formed XML document (XML 1.0, format `xml` of API Management) into a tree that knows its lines.
 * @throws PolicyProblem where it is not well formed
 */
export function parseXml(file: string, source: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  /** The parser has read the character after a name before it tells of the name. */
  const here = (): Position => {
    const afterBreak = source[parser.position - 1] === '\n';
    return { file, line: afterBreak ? parser.line - 1 : parser.line };
  };
  parser.on('error', (error) => {
    throw new PolicyProblem(here(), `not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new PolicyProblem(here(), 'a policy has no document type declaration');
  });
  parser.on('opentagstart', ({ name }) => {
    const element: OpenElement = {
      name,
      position: here(),
      attributes: new Map(),
      children: [],
      text: '',
      textPosition: here(),
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('attribute', ({ name, value }) => {
    open.at(-1)?.attributes.set(name, { value, position: here() });
  });
  parser.on('opentag', () => {
    const element = open.at(-1);
    if (element !== undefined) {
      Object.assign(element, { textPosition: here() });
    }
  });
  const append = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) {
      element.text += text;
    }
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    root = open.pop();
  });
  parser.write(source).close();
  if (root === undefined) {
    throw new PolicyProblem({ file, line: 1 }, 'the document is empty');
  }
  return root;
}

/** An element and everything inside it, in the order of the document. */
export function withDescendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(withDescendants)];
}
