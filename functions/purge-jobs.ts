import './lib/setup.ts';
import { app } from '@azure/functions';
import { getApp } from '../shared/app.ts';
import { durableClient, orchestrationClient } from './lib/orchestrations.ts';

/** Once an hour, some minutes past it, because many other timers run on the hour. */
app.timer('purge-jobs', {
  schedule: '0 17 * * * *',
  extraInputs: [durableClient],
  handler: async (_timer, context) => {
    const product = await getApp();
    product.jobs.connect(orchestrationClient(context));
    await product.tidy();
  },
});
