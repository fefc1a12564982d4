import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod, serve } from './lib/http.ts';

app.http('mcp', {
  route: 'mcp',
  methods: everyMethod,
  authLevel: 'anonymous',
  handler: serve((product, request) => product.mcp(request)),
});
