import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Lies beside the files that it is about. */
export const provenanceFile = 'provenance.dsse.json';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'https://slsa.dev/provenance/v1';

/** Names how a build of this project goes: `npm ci`, then `npm run package`. */
const buildType = 'https://mcp.contoso.example/build/v1';

/** From what a release was built, and where. */
export interface Build {
  /** The repository, a URL. */
  readonly source: string;
  /** Of the sources, 40 or 64 hex digits. */
  readonly commit: string;
  /** Who built it, a URL: the pipeline. */
  readonly builder: string;
  /** The one run of the pipeline, a URL or a number. */
  readonly run: string;
}

export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** The provenance of a build (SLSA 1.0) as an in-toto statement about the files of a release. */
export function statementOf(subject: readonly Subject[], { source, commit, builder, run }: Build) {
  return {
    _type: statementType,
    subject,
    predicateType,
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: { source, commit },
        resolvedDependencies: [{ uri: `git+${source}`, digest: { gitCommit: commit } }],
      },
      runDetails: { builder: { id: builder }, metadata: { invocationId: run } },
    },
  };
}

/**
 * Every file of a folder with its digest, but the provenance itself.
 * @throws Error when something else than a file lies there
 */
export async function subjectsIn(dir: string): Promise<Subject[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const other = entries.find((entry) => !entry.isFile());
  if (other !== undefined) {
    throw new Error(`${path.join(dir, other.name)} is no file; a release is a folder of files.`);
  }
  const names = entries.map(({ name }) => name).filter((name) => name !== provenanceFile);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(path.join(dir, name));
      return { name, digest: { sha256: createHash('sha256').update(bytes).digest('hex') } };
    }),
  );
}
