import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JWK } from 'jose';
import type { AdapterPayload } from 'oidc-provider';

/** What a directory needs to know clients again after a restart. */
export interface KeptDirectory {
  /** Private signing keys, newest first; empty at the first start. */
  readonly keys: readonly JWK[];
  /** Models of the library that outlive a restart, by name and id. */
  readonly models: Readonly<Record<string, Readonly<Record<string, KeptEntry>>>>;
}

export interface KeptEntry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Where one directory reads at its start what it kept, and writes what changes. */
export interface DirectoryKeeper {
  readonly kept: KeptDirectory;
  keepKeys(keys: readonly JWK[]): void;
  keepModel(name: string, entries: Readonly<Record<string, KeptEntry>>): void;
}

const nothing: KeptDirectory = { keys: [], models: {} };

/** For a provider whose clients need not outlive it. */
export const keepNothing: DirectoryKeeper = { kept: nothing, keepKeys: () => {}, keepModel: () => {} };

/**
 * Keeps directories in one file, which only its owner may read: whoever has these keys can sign in as anyone on this
 * machine, and nowhere else. A file that cannot be read is as good as none; clients sign in again then.
 * @param file path of the file; its folder is made
 * @returns the keeper of a directory by its slug
 */
export function keepIn(file: string): (slug: string) => DirectoryKeeper {
  const directories = read(file);
  return (slug) => {
    const change = (part: Partial<KeptDirectory>) => {
      directories[slug] = { ...(directories[slug] ?? nothing), ...part };
      write(file, directories);
    };
    return {
      kept: directories[slug] ?? nothing,
      keepKeys: (keys) => change({ keys }),
      keepModel: (name, entries) => change({ models: { ...directories[slug]?.models, [name]: entries } }),
    };
  };
}

function read(file: string): Record<string, KeptDirectory> {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, KeptDirectory>;
    const complete = Object.values(stored).every(
      ({ keys, models }) => Array.isArray(keys) && typeof models === 'object',
    );
    return complete ? stored : {};
  } catch {
    return {};
  }
}

/** Beside the old one and then renamed, so that it is never half written. */
function write(file: string, directories: Readonly<Record<string, KeptDirectory>>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(directories), { mode: 0o600 });
  renameSync(draft, file);
}
