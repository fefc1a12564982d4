import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { unseal } from './envelope.ts';
import {
  type Build,
  predicateType,
  provenanceFile,
  type Subject,
  statementType,
  subjectsIn,
} from './statement.ts';

/** What the provenance has to say, beside that it is about these files. */
export type Expected = Partial<Pick<Build, 'source' | 'commit' | 'builder'>>;

/** What is read of a statement that somebody we trust has signed. */
interface Statement {
  readonly _type?: string;
  readonly predicateType?: string;
  readonly subject?: readonly Subject[];
  readonly predicate?: {
    readonly buildDefinition?: {
      readonly externalParameters?: { readonly source?: string; readonly commit?: string };
    };
    readonly runDetails?: { readonly builder?: { readonly id?: string } };
  };
}

/**
 * Compares a release, file by file, with what its builder signed.
 * @returns the names of its files
 * @throws Error at the first thing that does not fit: nothing of the release may be used then
 */
export async function verifyRelease(
  dir: string,
  publicKey: KeyObject,
  expected: Expected = {},
): Promise<string[]> {
  const statement = unseal(await readEnvelope(dir), publicKey) as Statement;
  if (statement._type !== statementType || statement.predicateType !== predicateType) {
    throw new Error(`The signed text is no provenance of a build (${predicateType}). Build and sign again.`);
  }
  checkOrigin(statement, expected);
  const signed = new Map((statement.subject ?? []).map(({ name, digest }) => [name, digest.sha256]));
  const there = await subjectsIn(dir);
  for (const { name, digest } of there) {
    const wanted = signed.get(name);
    if (wanted === undefined) {
      throw new Error(`${name} is in the release and was not signed. Deploy nothing; build and sign again.`);
    }
    if (wanted !== digest.sha256) {
      throw new Error(`${name} is not as it was signed. Deploy nothing; build and sign again.`);
    }
    signed.delete(name);
  }
  const [missing] = signed.keys();
  if (missing !== undefined || there.length === 0) {
    throw new Error(
      `${missing ?? 'Everything'} is missing in the release. Deploy nothing; build and sign again.`,
    );
  }
  return there.map(({ name }) => name);
}

function checkOrigin({ predicate }: Statement, { source, commit, builder }: Expected): void {
  const parameters = predicate?.buildDefinition?.externalParameters;
  const said = [
    ['source', source, parameters?.source],
    ['commit', commit, parameters?.commit],
    ['builder', builder, predicate?.runDetails?.builder?.id],
  ] as const;
  for (const [what, wanted, is] of said) {
    if (wanted !== undefined && wanted !== is) {
      throw new Error(
        `The release has the ${what} ${is}, and not ${wanted}. Deploy the one that was built for this.`,
      );
    }
  }
}

async function readEnvelope(dir: string): Promise<unknown> {
  const text = await readFile(path.join(dir, provenanceFile), 'utf8').catch(() => undefined);
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new Error(
      `${path.join(dir, provenanceFile)} is missing or no JSON: the release is not signed. Sign it first: npm run sign:package`,
    );
  }
}
