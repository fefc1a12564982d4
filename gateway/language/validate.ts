import { fragmentFile, type PolicyBundle, policyFiles } from './bundle.ts';
import { checkCardinality } from './cardinality.ts';
import {
  type AttributeModel,
  type ChildModel,
  type ElementModel,
  policyModels,
  type Section,
  sections,
} from './model.ts';
import { type NamedValues, substitute } from './named-values.ts';
import { PolicyProblem, type Position } from './problem.ts';
import { compileValue, isExpression, type ValueKind } from './values.ts';
import type { XmlElement } from './xml.ts';

interface Inside {
  readonly section: Section;
  readonly bundle: PolicyBundle;
  readonly values: NamedValues;
  /** Fragments hold neither `base` nor other fragments. */
  readonly inFragment: boolean;
  /** Fragments that are right, with the section that they are right for. */
  readonly checked: Set<string>;
}

/** Headers that policies can neither change nor remove (set-header, usage notes). */
const fixedHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];

/**
 * Checks every document against the model: elements, attributes, values, expressions, sections, fragments.
 * @throws PolicyProblem at the first thing that API Management would not accept or that is not supported here
 */
export function validate(bundle: PolicyBundle, values: NamedValues): void {
  const checked = new Set<string>();
  for (const file of policyFiles(bundle.description)) {
    const root = documentOf(bundle, file, { file: 'apis.json', line: 1 });
    validatePolicy(root, { bundle, values, checked });
  }
}

function documentOf(bundle: PolicyBundle, file: string, position: Position): XmlElement {
  const document = bundle.documents.get(file);
  if (document === undefined) {
    throw new PolicyProblem(position, `there is no ${file}`);
  }
  return document;
}

function validatePolicy(root: XmlElement, common: Pick<Inside, 'bundle' | 'values' | 'checked'>): void {
  if (root.name !== 'policies') {
    throw new PolicyProblem(root.position, 'a policy begins with <policies>');
  }
  refuseText(root);
  refuseAttributes(root);
  const names = root.children.map(({ name }) => name);
  if (names.join() !== sections.join()) {
    throw new PolicyProblem(root.position, `<policies> holds, in this order, ${sections.join(', ')}`);
  }
  root.children.forEach((element, index) => {
    const section = sections[index];
    if (section === undefined) {
      return;
    }
    refuseText(element);
    refuseAttributes(element);
    for (const child of element.children) {
      if (child.name === 'base') {
        validateBase(child);
      } else {
        validatePolicyElement(child, { ...common, section, inFragment: false });
      }
    }
    checkCardinality(element, section, common.bundle);
  });
}

function validateBase(element: XmlElement): void {
  refuseText(element);
  refuseAttributes(element);
  refuseChildren(element);
}

function validatePolicyElement(element: XmlElement, inside: Inside): void {
  const model = Object.hasOwn(policyModels, element.name) ? policyModels[element.name] : undefined;
  if (model === undefined) {
    throw new PolicyProblem(element.position, `<${element.name}> is not a supported policy`);
  }
  if (!model.sections.includes(inside.section)) {
    throw new PolicyProblem(element.position, `<${element.name}> cannot stand in ${inside.section}`);
  }
  validateElement(element, model, inside);
  if (element.name === 'set-header') {
    refuseFixedHeader(element);
  }
  if (element.name === 'include-fragment') {
    validateFragment(element, inside);
  }
}

function refuseFixedHeader({ attributes }: XmlElement): void {
  const name = attributes.get('name');
  if (name === undefined || !fixedHeaders.includes(name.value.toLowerCase())) {
    return;
  }
  throw new PolicyProblem(name.position, `a policy cannot change the header ${name.value}`);
}

/** A fragment is checked where it is included, because the section decides what it may hold. */
function validateFragment(element: XmlElement, inside: Inside): void {
  if (inside.inFragment) {
    throw new PolicyProblem(element.position, 'a fragment cannot include another fragment');
  }
  const id = element.attributes.get('fragment-id')?.value ?? '';
  const key = `${inside.section} ${id}`;
  if (inside.checked.has(key)) {
    return;
  }
  const root = documentOf(inside.bundle, fragmentFile(id), element.position);
  if (root.name !== 'fragment') {
    throw new PolicyProblem(root.position, 'a fragment begins with <fragment>');
  }
  refuseText(root);
  refuseAttributes(root);
  if (root.children.length === 0) {
    throw new PolicyProblem(root.position, '<fragment> holds at least one policy');
  }
  for (const child of root.children) {
    validatePolicyElement(child, { ...inside, inFragment: true });
  }
  inside.checked.add(key);
}

function validateElement(element: XmlElement, model: ElementModel, inside: Inside): void {
  validateAttributes(element, model, inside.values);
  if (model.text === undefined) {
    refuseText(element);
  } else {
    const text = substitute(element.text, inside.values, element.textPosition);
    validateValue('text', text, element.textPosition, model.text === 'expressions');
  }
  if (model.policies) {
    for (const child of element.children) {
      validatePolicyElement(child, inside);
    }
  } else {
    validateChildren(element, model.children ?? {}, inside);
  }
}

function validateAttributes(element: XmlElement, model: ElementModel, values: NamedValues): void {
  const known = model.attributes ?? {};
  for (const [name, { value, position }] of element.attributes) {
    const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
    if (attribute === undefined) {
      throw new PolicyProblem(position, `<${element.name}> has no attribute ${name} here`);
    }
    const text = substitute(value, values, position);
    validateValue(attribute.kind, text, position, attribute.expressions === true);
    refuseTooMuch(name, text, attribute, position);
  }
  for (const [name, attribute] of Object.entries(known)) {
    if (attribute.required && !element.attributes.has(name)) {
      throw new PolicyProblem(element.position, `<${element.name}> needs the attribute ${name}`);
    }
  }
}

function refuseTooMuch(name: string, text: string, { most }: AttributeModel, position: Position): void {
  if (most === undefined || isExpression(text.trim()) || Number(text) <= most) {
    return;
  }
  throw new PolicyProblem(position, `${name} is at most ${most}`);
}

function validateValue(kind: ValueKind, text: string, position: Position, expressions: boolean): void {
  if (!expressions && isExpression(text.trim())) {
    throw new PolicyProblem(position, 'API Management does not evaluate an expression here');
  }
  compileValue(kind, text, position);
}

function validateChildren(
  element: XmlElement,
  models: Readonly<Record<string, ChildModel>>,
  inside: Inside,
): void {
  for (const child of element.children) {
    const model = Object.hasOwn(models, child.name) ? models[child.name] : undefined;
    if (model === undefined) {
      throw new PolicyProblem(child.position, `<${child.name}> cannot stand in <${element.name}>`);
    }
    validateElement(child, model, inside);
  }
  refuseOtherOrder(element, Object.keys(models));
  for (const [name, { least = 0, most = Number.POSITIVE_INFINITY }] of Object.entries(models)) {
    const count = element.children.filter((child) => child.name === name).length;
    if (count < least) {
      throw new PolicyProblem(element.position, `<${element.name}> needs <${name}>`);
    }
    if (count > most) {
      throw new PolicyProblem(element.position, `<${element.name}> holds more than ${most} <${name}>`);
    }
  }
}

/** API Management wants child elements in the order of the policy's statement in its reference. */
function refuseOtherOrder({ children }: XmlElement, order: readonly string[]): void {
  children.forEach((child, index) => {
    const later = children
      .slice(index + 1)
      .find(({ name }) => order.indexOf(name) < order.indexOf(child.name));
    if (later === undefined) {
      return;
    }
    throw new PolicyProblem(later.position, `<${later.name}> must stand before <${child.name}>`);
  });
}

function refuseText(element: XmlElement): void {
  if (element.text.trim() !== '') {
    throw new PolicyProblem(element.textPosition, `<${element.name}> holds no text`);
  }
}

function refuseAttributes(element: XmlElement): void {
  for (const [name, { position }] of element.attributes) {
    throw new PolicyProblem(position, `<${element.name}> has no attribute ${name} here`);
  }
}

function refuseChildren(element: XmlElement): void {
  const [child] = element.children;
  if (child !== undefined) {
    throw new PolicyProblem(child.position, `<${element.name}> holds no elements`);
  }
}
