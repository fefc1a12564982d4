import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { readTextFile } from '#platform/settings/text-file';
import { PolicyProblem } from './problem.ts';
import { parseXml, type XmlElement } from './xml.ts';

const operationShape = z.strictObject({
  id: z.string(),
  method: z.enum(['GET', 'POST', 'DELETE', 'OPTIONS']),
  urlTemplate: z.string().startsWith('/'),
  /** Path of the policy file; without one the operation has the API's policy. */
  policy: z.string().optional(),
});

const apiShape = z.strictObject({
  id: z.string(),
  displayName: z.string(),
  /** API URL suffix, without slashes at its ends; one API may have none. */
  path: z.string().regex(/^(?:[^/].*[^/])?$/),
  subscriptionRequired: z.literal(false),
  policy: z.string().optional(),
  operations: z.array(operationShape).min(1),
});

const apisShape = z.strictObject({
  generated: z.string(),
  /** Policy of the whole service. */
  policy: z.string(),
  backends: z.array(z.strictObject({ id: z.string(), description: z.string() })),
  apis: z.array(apiShape).min(1),
});

export type ApiDescription = z.output<typeof apiShape>;
export type OperationDescription = z.output<typeof operationShape>;
export type ApisDescription = z.output<typeof apisShape>;

/** Everything that is deployed to the gateway, read and parsed. */
export interface PolicyBundle {
  readonly description: ApisDescription;
  /** By path below the policies' folder, such as `fragments/backend.xml`. */
  readonly documents: ReadonlyMap<string, XmlElement>;
  /** Bytes of each file, by the same paths. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Path of the file that holds a fragment. */
export function fragmentFile(id: string): string {
  return `fragments/${id}.xml`;
}

/**
 * Reads `apis.json` and every XML file of a policies folder.
 * @throws PolicyProblem when a file is not well formed, or one that is named is missing
 */
export function readBundle(folder: string): PolicyBundle {
  const description = readDescription(folder);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.xml'))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
  const texts = files.map((file): [string, string] => [file, readTextFile(path.join(folder, file))]);
  const bundle = withTexts({ description, documents: new Map(), sizes: new Map() }, texts);
  for (const file of policyFiles(description)) {
    if (!bundle.documents.has(file)) {
      throw new PolicyProblem({ file: 'apis.json', line: 1 }, `the policy file ${file} is missing`);
    }
  }
  return bundle;
}

/**
 * The policies with these texts in place of, or beside, what is there.
 * @param texts by path below the policies' folder
 * @throws PolicyProblem when a text is not well formed
 */
export function withTexts(bundle: PolicyBundle, texts: Iterable<readonly [string, string]>): PolicyBundle {
  const documents = new Map(bundle.documents);
  const sizes = new Map(bundle.sizes);
  for (const [file, text] of texts) {
    documents.set(file, parseXml(file, text));
    sizes.set(file, Buffer.byteLength(text));
  }
  return { ...bundle, documents, sizes };
}

/** The files that `apis.json` names: every one but the fragments. */
export function policyFiles(description: ApisDescription): ReadonlySet<string> {
  const apis = description.apis.flatMap((api) => [api.policy, ...api.operations.map(({ policy }) => policy)]);
  return new Set([description.policy, ...apis].filter((file) => file !== undefined));
}

function readDescription(folder: string): ApisDescription {
  const text = readTextFile(path.join(folder, 'apis.json'));
  const parsed = apisShape.safeParse(JSON.parse(text));
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new PolicyProblem(
    { file: 'apis.json', line: 1 },
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not right'}`,
  );
}
