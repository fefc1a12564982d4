import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

/** Beside the endpoints, and closed to everybody but the gateway, whose key the product asks for. */
app.http('gateway-refusals', {
  route: 'gateway/refusals',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: serve((product, request) => product.gatewayRefusals(request)),
});
