import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod, serve } from './lib/http.ts';
import { durableClient, orchestrationClient } from './lib/orchestrations.ts';

app.http('tenant-agentic-mcp', {
  route: '{tenant}/agentic/mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  extraInputs: [durableClient],
  handler: serve((product, request, context) => {
    product.jobs.connect(orchestrationClient(context));
    return product.ofTenant.agentic(request);
  }),
});
