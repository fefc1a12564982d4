import path from 'node:path';
import { HostStartError } from '../../lib/errors.ts';
import { parseTimeSpan } from '../time-span.ts';
import { isObject, type JsonObject, objectAt, readJsonObject } from './json-file.ts';

/** The part of host.json that this host acts on. */
export interface HostJson {
  readonly routePrefix: string;
  /** Headers that every answer of the host carries. */
  readonly customHeaders: Readonly<Record<string, string>>;
  /** The longest that one invocation may take, in milliseconds; undefined means no limit. */
  readonly functionTimeout: number | undefined;
  /** Category prefix → level name. */
  readonly logLevels: Readonly<Record<string, string>>;
  /** Undefined when the app names no bundle: in Azure only HTTP and timer triggers exist then. */
  readonly extensionBundle: { readonly id: string; readonly version: string } | undefined;
  /** The raw `extensions` section: each extension reads its own part. */
  readonly extensions: JsonObject;
}

/** Any plan but Consumption: 30 minutes. */
const DEFAULT_FUNCTION_TIMEOUT = 30 * 60_000;
const OVERRIDE = /^AzureFunctionsJobHost(?:__|:)(.+)$/i;

/**
 * Reads host.json in `dir`, with the overrides that environment variables `AzureFunctionsJobHost__a__b` make.
 * Throws a HostStartError when the file is missing or wrong.
 */
export function readHostJson(dir: string, environment: NodeJS.ProcessEnv): HostJson {
  const file = path.join(dir, 'host.json');
  const stored = readJsonObject(file);
  if (!stored) {
    throw new HostStartError(
      `${file} does not exist; start the host in the app's folder, or name it with --dir.`,
    );
  }
  if (stored.version !== '2.0') {
    throw new HostStartError(`"version" in ${file} must be "2.0", and is ${JSON.stringify(stored.version)}.`);
  }
  const json = withOverrides(stored, environment);
  const http = objectAt(json, 'extensions', 'http');
  const bundle = objectAt(json, 'extensionBundle');
  return {
    routePrefix: typeof http.routePrefix === 'string' ? http.routePrefix.replace(/^\/+|\/+$/g, '') : 'api',
    customHeaders: texts(objectAt(http, 'customHeaders')),
    functionTimeout: functionTimeout(json.functionTimeout, file),
    logLevels: texts(objectAt(json, 'logging', 'logLevel')),
    extensionBundle:
      typeof bundle.id === 'string' ? { id: bundle.id, version: String(bundle.version ?? '') } : undefined,
    extensions: objectAt(json, 'extensions'),
  };
}

function functionTimeout(value: unknown, file: string): number | undefined {
  if (value === undefined || value === null) {
    return DEFAULT_FUNCTION_TIMEOUT;
  }
  if (String(value) === '-1') {
    return undefined;
  }
  const milliseconds = parseTimeSpan(String(value));
  if (milliseconds === undefined || milliseconds === 0) {
    throw new HostStartError(
      `"functionTimeout" in ${file} is ${JSON.stringify(value)}, and must be a time such as "00:05:00", or -1 for none.`,
    );
  }
  return milliseconds;
}

function texts(section: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(section).map(([name, value]) => [name, String(value)]));
}

function withOverrides(json: JsonObject, environment: NodeJS.ProcessEnv): JsonObject {
  let result = json;
  for (const [name, value] of Object.entries(environment)) {
    const path = OVERRIDE.exec(name)?.[1]?.split(/__|:/);
    if (path && value !== undefined) {
      result = override(result, path, value);
    }
  }
  return result;
}

/** A copy with `value` at `path`; names are matched without regard to case, as .NET configuration does. */
function override(json: JsonObject, [head, ...rest]: readonly string[], value: string): JsonObject {
  if (head === undefined) {
    return json;
  }
  const key = Object.keys(json).find((name) => name.toLowerCase() === head.toLowerCase()) ?? head;
  const child = json[key];
  return { ...json, [key]: rest.length === 0 ? value : override(isObject(child) ? child : {}, rest, value) };
}
