import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

const handler = serve((product, request) => product.signIn.serverMetadata(request));

/** Where clients look for the metadata of an authorization server (RFC 8414 section 3, OpenID Connect Discovery 1.0 section 4). */
const places = {
  'server-metadata': '.well-known/oauth-authorization-server/{*path}',
  'openid-metadata': '.well-known/openid-configuration/{*path}',
  'server-metadata-of-tenant': '{tenant}/.well-known/oauth-authorization-server',
  'openid-metadata-of-tenant': '{tenant}/.well-known/openid-configuration',
};

for (const [name, route] of Object.entries(places)) {
  app.http(name, { route, methods: ['GET'], authLevel: 'anonymous', handler });
}
