import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod } from './lib/http.ts';
import { durableClient, serveWithJobs } from './lib/orchestrations.ts';

app.http('agentic-mcp', {
  route: 'agentic/mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  extraInputs: [durableClient],
  handler: serveWithJobs((product, request) => product.agentic(request)),
});
