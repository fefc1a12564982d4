import path from 'node:path';
import { readTextFile } from '#platform/settings/text-file';
import { describeNamedValues } from '../generate/named-values.ts';
import { readBundle } from '../language/bundle.ts';
import { policiesFolder, readRegistry } from '../registry.ts';
import type { GatewaySource } from './resources.ts';
import { readGatewayValues } from './values.ts';

/**
 * The project's policies with the values of one deployment.
 * @param values JSON, see `readGatewayValues`
 * @throws Error when a policy file or a value is missing or not right
 */
export function readGatewaySource(values: string): GatewaySource {
  const { description, documents } = readBundle(policiesFolder);
  const namedValues = describeNamedValues(readRegistry());
  return {
    description,
    namedValues,
    texts: new Map(
      [...documents.keys()].map((file) => [file, readTextFile(path.join(policiesFolder, file))]),
    ),
    values: readGatewayValues(values, { namedValues, backends: description.backends }),
  };
}

/** Paths of the APIs that the project's policies have, as resources of the service. */
export function ownApis(): readonly string[] {
  return readBundle(policiesFolder).description.apis.map(({ id }) => `apis/${id}`);
}
