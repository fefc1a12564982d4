import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentHost } from '../../security/sign-in/world.ts';
import { type DocumentedWorld, startDocumentedWorld } from '../../support/documented-world.ts';
import { callWith1x, callWith2x } from '../../support/first-call.ts';
import { NewClient } from '../../support/new-client.ts';

let documented: DocumentedWorld;

beforeAll(async () => {
  documented = await startDocumentedWorld('A client with a document');
});

afterAll(() => documented?.world.stop());

describe('a client that is known by a document about it', () => {
  it.each([
    ['2.x', callWith2x],
    ['1.x', callWith1x],
  ])(
    'of the SDK %s signs its person in with nothing but the address, and registers nowhere',
    async (_, call) => {
      const { world, clientId } = documented;
      const client = new NewClient('quinn@contoso', { clientMetadataUrl: clientId });
      expect(await call(`${world.origin}/contoso-mcp/mcp`, client)).toMatchObject({ customer_id: 251 });
      expect(client.clientInformation()).toMatchObject({ client_id: clientId });
      expect(client.asked?.page).toContain('A client with a document');
      expect(client.asked?.page).toContain(`it is vouched for by <strong>${documentHost}</strong>`);
    },
  );
});
