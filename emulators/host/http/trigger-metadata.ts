import { isObject } from '../settings/json-file.ts';
import type { TypedData } from '../worker/rpc.ts';
import { type HttpCall, headersOf, queryOf } from './call.ts';

/**
 * The trigger metadata of a streamed call. The library takes the headers of the request from `Headers` and fills
 * `request.params` with every value that is a string. In the cloud's order: a later entry takes the place of an earlier
 * one of the same name, in any case.
 * @param extra what the cloud adds, see {@link bindingData}
 */
export function triggerMetadata(
  call: HttpCall,
  extra: Readonly<Record<string, string>> = {},
): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = {
    Headers: { json: JSON.stringify(headersOf(call.request)) },
    Query: { json: JSON.stringify(queryOf(call.url)) },
  };
  for (const [name, value] of Object.entries({ ...extra, ...call.match.params })) {
    const key = Object.keys(metadata).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    metadata[key] = { string: value };
  }
  return metadata;
}

/**
 * What the cloud adds to the metadata, and so to `request.params`: each query parameter and each scalar at the top of a JSON body.
 */
export function bindingData(call: HttpCall, body: Buffer | undefined): Record<string, string> {
  return { ...queryOf(call.url), ...jsonScalars(call, body) };
}

function jsonScalars(call: HttpCall, body: Buffer | undefined): Record<string, string> {
  if (!body || !/\bjson\b/i.test(call.request.headers['content-type'] ?? '')) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return {};
  }
  if (!isObject(value)) {
    return {};
  }
  const scalars: Record<string, string> = {};
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' || typeof member === 'number') {
      scalars[name] = String(member);
    }
    // .NET writes booleans with a capital letter.
    if (typeof member === 'boolean') {
      scalars[name] = member ? 'True' : 'False';
    }
  }
  return scalars;
}
