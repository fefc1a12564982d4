import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod } from './lib/http.ts';
import { durableClient, serveWithJobs } from './lib/orchestrations.ts';

app.http('tenant-agentic-mcp', {
  route: '{tenant}/agentic/mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  extraInputs: [durableClient],
  handler: serveWithJobs((product, request) => product.ofTenant.agentic(request)),
});
