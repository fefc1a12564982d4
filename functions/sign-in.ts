import './lib/setup.ts';
import { app } from '@azure/functions';
import { everyMethod, serve } from './lib/http.ts';

const handler = serve((product, request) => product.signIn.operation(request));

/** With the tenant's route in front, or without it where a gateway took it away or there is one tenant only. */
app.http('sign-in', { route: 'oauth/{operation}', methods: everyMethod, authLevel: 'anonymous', handler });
app.http('sign-in-of-tenant', {
  route: '{tenant}/oauth/{operation}',
  methods: everyMethod,
  authLevel: 'anonymous',
  handler,
});
