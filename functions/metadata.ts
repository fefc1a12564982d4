import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

const handler = serve((product, request) => product.metadata(request));

app.http('resource-metadata', {
  route: '.well-known/oauth-protected-resource/{*path}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler,
});

/** Where clients of the earlier version of this service look. */
app.http('resource-metadata-former', {
  route: 'mcp/.well-known/oauth-protected-resource',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler,
});
