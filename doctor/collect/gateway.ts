import { existsSync } from 'node:fs';
import path from 'node:path';
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
