import { existsSync } from 'node:fs';
import path from 'node:path';
import { readTextFile } from '#platform/settings/text-file';
import { readGatewaySource } from '../../gateway/deploy/source.ts';
import type { GatewayValues } from '../../gateway/deploy/values.ts';
import { readBundle } from '../../gateway/language/bundle.ts';
import { policiesFolder, readRegistry } from '../../gateway/registry.ts';
import type { GatewayFiles, Known } from '../evidence.ts';
import { attempt, known } from './known.ts';

/** The policies as they would be deployed. */
export async function collectGateway(folder: string = policiesFolder): Promise<Known<GatewayFiles>> {
  const there = existsSync(path.join(folder, 'apis.json')) ? folder : undefined;
  return await attempt(known(there, `There are no policies in ${folder}.`), () => ({
    bundle: readBundle(folder),
    registry: readRegistry(path.join(folder, 'tenants.json')),
  }));
}

/** The values of one deployment of them, as `npm run deploy:policies` reads them. */
export async function collectGatewayValues(file: string | undefined): Promise<Known<GatewayValues>> {
  const named = known(file, 'The values of the gateway were not named: give --gateway-values.');
  return await attempt(named, (name) => readGatewaySource(readTextFile(name)).values);
}
