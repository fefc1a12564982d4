import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod, serve } from './lib/http.ts';

/** The experts' address has the same form. */
app.http('tenant-mcp', {
  route: '{tenant:regex(^(?!agentic$))}/mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  handler: serve((product, request) => product.ofTenant.mcp(request)),
});
