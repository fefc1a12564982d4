import './lib/setup.ts';
import { app } from '@azure/functions';
import { serve } from './lib/http.ts';

app.http('health-live', {
  route: 'health/live',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: serve((product) => product.live()),
});

app.http('health-ready', {
  route: 'health/ready',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: serve((product) => product.ready()),
});
