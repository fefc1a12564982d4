import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantId } from '#platform/identity/tenant';
import { fewCustomers } from '../../../seed/few-customers.ts';
import { generate } from '../../../seed/generate/generate.ts';
import { bulkWrite } from '../../../seed/writing/bulk.ts';
import * as product from '../../security/sign-in/product.ts';
import { documentHost, startSurroundings, startWorld, type World } from '../../security/sign-in/world.ts';
import { testDataStorage, testStorage } from '../../support/azurite.ts';
import { callWith1x, callWith2x } from '../../support/first-call.ts';
import { NewClient, redirectUri } from '../../support/new-client.ts';
import { today } from '../../support/service.ts';

/** Documents about clients come from a server that only a test can hand in. */
let world: World;
const id = `https://${documentHost}/about-the-client.json`;

beforeAll(async () => {
  world = await startWorld(await startSurroundings(testDataStorage()), product);
  const tenant = tenantId(world.slugs.contoso);
  const data = fewCustomers(generate({ asOf: today(), seed: 7, tenant }), 10);
  await bulkWrite(await testStorage(), tenant, data);
  world.answerDocument = (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        client_id: id,
        client_name: 'A client with a document',
        redirect_uris: [redirectUri],
      }),
    );
});

afterAll(() => world?.stop());

describe('a client that is known by a document about it', () => {
  it.each([
    ['2.x', callWith2x],
    ['1.x', callWith1x],
  ])(
    'of the SDK %s signs its person in with nothing but the address, and registers nowhere',
    async (_, call) => {
      const client = new NewClient('quinn@contoso', { clientMetadataUrl: id });
      expect(await call(`${world.origin}/contoso-mcp/mcp`, client)).toMatchObject({ customer_id: 251 });
      expect(client.clientInformation()).toMatchObject({ client_id: id });
      expect(client.asked?.page).toContain('A client with a document');
      expect(client.asked?.page).toContain(`it is vouched for by <strong>${documentHost}</strong>`);
    },
  );
});
