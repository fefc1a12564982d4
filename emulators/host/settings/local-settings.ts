import path from 'node:path';
import { HostStartError } from '../../lib/errors.ts';
import { isObject, objectAt, readJsonObject } from './json-file.ts';

/** What `local.settings.json` says. It is for this machine only and is never deployed. */
export interface LocalSettings {
  /** Environment variables: `Values`, and `ConnectionStrings:<name>` for each connection string. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number | undefined;
  /** Comma-separated origins, or `*`. */
  readonly cors: string | undefined;
  readonly corsCredentials: boolean;
}

const FILE_NAME = 'local.settings.json';

/**
 * Reads `local.settings.json` in `dir`; a missing file is an empty one.
 * Throws a HostStartError for an encrypted file, since only Core Tools on the machine that wrote it can read it.
 */
export function readLocalSettings(dir: string): LocalSettings {
  const file = readJsonObject(path.join(dir, FILE_NAME));
  if (!file) {
    return { environment: {}, port: undefined, cors: undefined, corsCredentials: false };
  }
  refuseEncrypted(file.IsEncrypted);
  const host = objectAt(file, 'Host');
  const port = Number(host.LocalHttpPort ?? Number.NaN);
  return {
    environment: { ...values(file.Values), ...connectionStrings(objectAt(file, 'ConnectionStrings')) },
    port: Number.isInteger(port) ? port : undefined,
    cors: typeof host.CORS === 'string' && host.CORS !== '' ? host.CORS : undefined,
    corsCredentials: String(host.CORSCredentials ?? false).toLowerCase() === 'true',
  };
}

function refuseEncrypted(isEncrypted: unknown): void {
  if (isEncrypted === false) {
    return;
  }
  const found = isEncrypted === undefined ? 'has no "IsEncrypted", which means true' : 'is encrypted';
  throw new HostStartError(
    `${FILE_NAME} ${found}: write "IsEncrypted": false and plain values ("func settings decrypt" does both).`,
  );
}

function values(section: unknown): Record<string, string> {
  if (section === undefined || section === null) {
    return {};
  }
  if (!isObject(section)) {
    throw new HostStartError(`"Values" in ${FILE_NAME} must be an object of strings.`);
  }
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(section)) {
    if (value === null) {
      continue;
    }
    if (typeof value === 'object') {
      throw new HostStartError(
        `"Values.${name}" in ${FILE_NAME} must be one string: settings are environment variables and cannot be nested.`,
      );
    }
    result[name] = dotNetText(value);
  }
  return result;
}

/** .NET writes booleans with a capital letter; the app must see here what it sees under Core Tools. */
function dotNetText(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return String(value);
}

/** Each is a string, or an object with a ConnectionString and a ProviderName. */
function connectionStrings(section: Readonly<Record<string, unknown>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(section)) {
    const text = isObject(value) ? value.ConnectionString : value;
    if (typeof text === 'string') {
      result[`ConnectionStrings:${name}`] = text;
    }
  }
  return result;
}
