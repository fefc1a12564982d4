import { app } from '@azure/functions';
import { durableClient, orchestrationClient } from './lib/orchestrations.ts';
import { product } from './lib/setup.ts';

if (product !== undefined) {
  const configured = product;
  /** Once an hour, some minutes past it, because many other timers run on the hour. */
  app.timer('purge-jobs', {
    schedule: '0 17 * * * *',
    extraInputs: [durableClient],
    handler: async (_timer, context) => {
      configured.jobs.connect(orchestrationClient(context));
      await configured.tidy();
    },
  });
}
