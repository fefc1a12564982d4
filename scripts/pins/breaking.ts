import type { PinChange } from './changes.ts';
import type { Difference } from './differences.ts';
import type { JsonObject, JsonValue, PinKind } from './pin.ts';
import { schemaPlace } from './schema-path.ts';

/** Whether clients that were written for what was there before may fail at what is there now. */
export function breaksClients(change: PinChange): boolean {
  const { before, after, differences } = change;
  if (after === undefined) {
    return true;
  }
  return before !== undefined && differences.some((one) => breaks(after.kind, one));
}

/** Whether one difference alone breaks clients. */
export function breaks(kind: PinKind, difference: Difference): boolean {
  const { path } = difference;
  const [first = '', second] = path;
  if (kind === 'tool' && first === 'listed' && second === 'inputSchema') {
    return breaksInput(difference);
  }
  if (kind === 'tool' && first === 'listed' && second === 'outputSchema') {
    return breaksOutput(difference);
  }
  return rules[kind].some((rule) => rule(difference));
}

type Rule = (difference: Difference) => boolean;

const at = ({ path }: Difference) => path.join('/');
const leads =
  (...start: readonly string[]): Rule =>
  (difference) =>
    start.every((name, place) => difference.path[place] === name);
const isGone: Rule = ({ kind }) => kind === 'removed';
const all =
  (...together: readonly Rule[]): Rule =>
  (difference) =>
    together.every((rule) => rule(difference));
const becomes =
  (value: JsonValue): Rule =>
  ({ after }) =>
    after === value;

/** What any client counts on, whatever it is about. */
const common: readonly Rule[] = [
  leads('endpoint'),
  // the whole entry, in every era or in one of them
  (difference) => /^listed( in [\d-]+)?$/.test(at(difference)) && difference.after === null,
  all(leads('roles'), isGone),
];

const rules: Readonly<Record<PinKind, readonly Rule[]>> = {
  tool: [
    ...common,
    all(leads('formerNames'), isGone),
    all(leads('mayAskForAgreement'), becomes(true)),
    // a client that asks for a task gets an error, and so does one that asks for none
    (difference) =>
      /^listed in [\d-]+(\/execution(\/taskSupport)?)?$/.test(at(difference)) &&
      (isGone(difference) || difference.after === 'required'),
  ],
  prompt: [
    ...common,
    all(leads('listed', 'arguments'), isGone),
    all(leads('listed', 'arguments'), ({ kind, after }) => kind === 'added' && isRequired(after)),
    (difference) => /^listed\/arguments\/[^/]+\/required$/.test(at(difference)) && difference.after === true,
  ],
  resource: [
    ...common,
    leads('listed', 'uriTemplate'),
    leads('listed', 'mimeType'),
    leads('resource', 'mimeType'),
  ],
  endpoint: [
    leads('address'),
    all((difference) => /\/(capabilities|supportedVersions)\//.test(`${at(difference)}/`), isGone),
    leads('initialize', 'protocolVersion'),
  ],
};

function isRequired(value: JsonValue | undefined): boolean {
  return (value as JsonObject | undefined)?.required === true;
}

/** A call that was right must stay right: what can be given may grow by what can be left out, and limits may widen. */
function breaksInput({ path, kind, before, after }: Difference): boolean {
  const { end, keyword } = schemaPlace(path.slice(2));
  if (end === 'field' || end === 'choice' || (end === 'member' && keyword === 'enum')) {
    return kind === 'removed';
  }
  if (end === 'member') {
    return keyword === 'required' && kind === 'added';
  }
  switch (keyword) {
    case 'required':
    case 'enum':
    case 'anyOf':
    case 'pattern':
    case 'format':
      return kind === 'added' || kind === 'changed';
    case 'type':
      return !(before === 'integer' && after === 'number');
    case 'additionalProperties':
      return after === false;
    case 'minimum':
    case 'minItems':
      return isTighter(after, before, 1);
    case 'maximum':
    case 'maxItems':
      return isTighter(after, before, -1);
    default:
      return false;
  }
}

/** What a client reads must stay there and be of the same sort; it may grow. */
function breaksOutput({ path, kind, before, after }: Difference): boolean {
  const { end, keyword } = schemaPlace(path.slice(2));
  if (end === 'field' || (end === 'member' && keyword === 'required')) {
    return kind === 'removed';
  }
  if (end === 'choice') {
    return kind === 'added';
  }
  switch (end === 'keyword' ? keyword : '') {
    case 'required':
      return kind === 'removed';
    case 'anyOf':
      return kind === 'added';
    case 'type':
      return !(before === 'number' && after === 'integer');
    default:
      return false;
  }
}

/** @param sign 1 for a lower limit, -1 for an upper one */
function isTighter(after: JsonValue | undefined, before: JsonValue | undefined, sign: 1 | -1): boolean {
  if (typeof after !== 'number') {
    return false;
  }
  return typeof before !== 'number' || (after - before) * sign > 0;
}
