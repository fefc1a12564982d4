import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

const handler = serve((product, request) => product.console(request));

/** With the tenant's route in front, or without it where a gateway took it away or there is one tenant only. */
app.http('console', { route: 'console/{file?}', methods: ['GET'], authLevel: 'anonymous', handler });
app.http('console-of-tenant', {
  route: '{tenant}/console/{file?}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler,
});
