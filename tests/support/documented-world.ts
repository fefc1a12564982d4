import { tenantId } from '#platform/identity/tenant';
import { fewCustomers } from '../../seed/few-customers.ts';
import { generate } from '../../seed/generate/generate.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { publishClient } from '../security/sign-in/client-document.ts';
import * as product from '../security/sign-in/product.ts';
import { startSurroundings, startWorld, type World } from '../security/sign-in/world.ts';
import { testDataStorage, testStorage } from './azurite.ts';
import { redirectUri } from './new-client.ts';
import { today } from './service.ts';

/** A service with some customers, and a client that is known by a document about it, which only tests can hand in. */
export interface DocumentedWorld {
  readonly world: World;
  /** Address of the document. */
  readonly clientId: string;
}

/** @param name what the client's document calls it */
export async function startDocumentedWorld(name: string): Promise<DocumentedWorld> {
  const world = await startWorld(await startSurroundings(testDataStorage()), product);
  const tenant = tenantId(world.slugs.contoso);
  const data = fewCustomers(generate({ asOf: today(), seed: 7, tenant }), 10);
  await bulkWrite(await testStorage(), tenant, data);
  return { world, clientId: publishClient(world, name, redirectUri) };
}
