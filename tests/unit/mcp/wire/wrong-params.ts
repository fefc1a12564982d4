import fc from 'fast-check';
import { at, type Members, objectsIn } from './messages.ts';

/** Every member in a value. */
function membersIn(value: Members): (readonly string[])[] {
  return objectsIn(value).flatMap((way) =>
    Object.keys(at(value, way) as Members).map((name) => [...way, name]),
  );
}

const wrong = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    42,
    1.5,
    2 ** 53,
    '',
    'x',
    '__proto__',
    [],
    [null],
    {},
    { a: { b: null } },
    [[]],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

/** Right parameters in which up to three members are wrong or missing; sometimes nothing is left of them. */
export function wrongParams(right: Members): fc.Arbitrary<unknown> {
  const ways = membersIn(right);
  const change = fc.record({
    way: fc.constantFrom(...(ways.length > 0 ? ways : [['_meta']])),
    value: wrong,
    gone: fc.boolean(),
  });
  const changed = fc.array(change, { minLength: 0, maxLength: 3 }).map((changes) => {
    const params = structuredClone(right);
    for (const { way, value, gone } of changes) {
      const parent = at(params, way.slice(0, -1));
      if (typeof parent !== 'object' || parent === null) {
        continue;
      }
      const name = way.at(-1) ?? '';
      if (gone) {
        Reflect.deleteProperty(parent, name);
      } else {
        (parent as Members)[name] = structuredClone(value);
      }
    }
    return params as unknown;
  });
  const extra = fc.tuple(fc.constantFrom('cursor', 'task', 'requestState', 'inputResponses', 'extra'), wrong);
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: extra.map(([name, value]) => ({ ...structuredClone(right), [name]: value })) },
    { weight: 1, arbitrary: wrong },
  );
}
