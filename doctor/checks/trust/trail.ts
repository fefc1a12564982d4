import { readTrailSettings } from '#platform/settings/trail';
import { pass, warn } from '../../finding.ts';
import { type Check, fromSettings } from '../check.ts';

export const trailSent: Check = {
  id: 'operations.trail-sent',
  group: 'Operations',
  title: 'Whoever watches security sees the audit trail',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { eventHub } = readTrailSettings(env);
      return eventHub === undefined
        ? warn(
            'The audit trail is sent nowhere: somebody has to fetch it with npm run trail -- --export.',
            'Set TRAIL_EVENT_HUB to an event hub; WITH_SIEM makes one.',
          )
        : pass(
            `The audit trail is sent to ${eventHub} every hour; the app’s identity needs Azure Event Hubs Data Sender there.`,
          );
    }),
};
