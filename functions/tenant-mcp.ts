import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod } from './lib/http.ts';
import { servePerhapsWithJobs } from './lib/orchestrations.ts';

/** The experts' address has the same form. */
app.http('tenant-mcp', {
  route: '{tenant:regex(^(?!agentic$))}/mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  ...servePerhapsWithJobs((product, request) => product.ofTenant.mcp(request)),
});
