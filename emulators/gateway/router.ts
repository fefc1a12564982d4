import type { ApiDescription, ApisDescription, OperationDescription } from '../../gateway/language/bundle.ts';

export interface Match {
  readonly api: ApiDescription;
  readonly operation: OperationDescription;
  /** Path below the API's path. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Finds the operation: the API with the longest fitting path, then its operation for the method and the rest. */
export function findOperation(
  { apis }: ApisDescription,
  method: string,
  pathname: string,
): Match | undefined {
  const fitting = apis
    .filter(({ path }) => path === '' || `${pathname}/`.startsWith(`/${path}/`))
    .sort((left, right) => right.path.length - left.path.length);
  const [api] = fitting;
  if (api === undefined) {
    return undefined;
  }
  const path = api.path === '' ? pathname : pathname.slice(api.path.length + 1);
  for (const operation of api.operations) {
    const parameters = operation.method === method ? parametersOf(operation.urlTemplate, path) : undefined;
    if (parameters !== undefined) {
      return { api, operation, path, parameters };
    }
  }
  return undefined;
}

/**
 * The values of a template's `{parameters}`; undefined when the path does not fit. A slash at the end makes no
 * difference, as in API Management ("Add an API manually", the note on trailing slashes).
 */
function parametersOf(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = template.replace(/\/$/, '').split('/');
  const segments = path.replace(/\/$/, '').split('/');
  if (wanted.length !== segments.length) {
    return undefined;
  }
  const parameters = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const value = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined ? segment !== value : value === '') {
      return undefined;
    }
    if (name !== undefined) {
      parameters.set(name, value);
    }
  }
  return parameters;
}
