import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod } from './lib/http.ts';
import { servePerhapsWithJobs } from './lib/orchestrations.ts';

app.http('mcp', {
  route: 'mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  ...servePerhapsWithJobs((product, request) => product.mcp(request)),
});
