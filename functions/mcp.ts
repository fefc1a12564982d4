import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

/** The host answers 404 to a method that is not registered; the protocol asks for 405, so all come to the endpoint. */
app.http('mcp', {
  route: 'mcp',
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'],
  authLevel: 'anonymous',
  handler: serve((product, request) => product.mcp(request)),
});
