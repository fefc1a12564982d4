/** What a path through a JSON Schema leads to. */
export interface SchemaPlace {
  /** The fields on the way, such as `update.plan` or `findings[].step`; empty at the root. */
  readonly field: string;
  /** `member`: a word in the list of a keyword; `choice`: one of the schemas of `anyOf` and the like. */
  readonly end: 'schema' | 'field' | 'keyword' | 'member' | 'choice';
  /** The keyword that it ends with or lies in; empty at the root and at a field. */
  readonly keyword: string;
}

const schemaIn = new Set(['items', 'additionalProperties', 'propertyNames', 'not']);
const choicesIn = new Set(['anyOf', 'oneOf', 'allOf']);

/** Follows the names of members from the root of a schema: a field may be called like a keyword. */
export function schemaPlace(path: readonly string[]): SchemaPlace {
  let place: SchemaPlace = { field: '', end: 'schema', keyword: '' };
  let next: 'keyword' | 'field' | 'choice' | 'member' = 'keyword';
  for (const name of path) {
    if (next === 'field') {
      place = { field: place.field === '' ? name : `${place.field}.${name}`, end: 'field', keyword: '' };
      next = 'keyword';
    } else if (next === 'choice') {
      place = { ...place, end: 'choice' };
      next = 'keyword';
    } else if (next === 'member') {
      return { ...place, end: 'member' };
    } else {
      place = { field: place.field + (name === 'items' ? '[]' : ''), end: 'keyword', keyword: name };
      next = after(name);
    }
  }
  return place;
}

function after(keyword: string): 'keyword' | 'field' | 'choice' | 'member' {
  if (keyword === 'properties') {
    return 'field';
  }
  if (choicesIn.has(keyword)) {
    return 'choice';
  }
  return schemaIn.has(keyword) ? 'keyword' : 'member';
}
