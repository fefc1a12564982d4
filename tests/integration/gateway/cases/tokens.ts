import { assertChallenged, assertForwarded, assertRefused } from './assertions.ts';
import { type Call, type Case, everywhere, send } from './case.ts';

import { states } from './token-states.ts';

const methods = ['POST', 'GET', 'DELETE'] as const;

/** Tenant × endpoint × token state × method. */
export const tokenCases: readonly Case[] = states.flatMap((state) =>
  methods.flatMap((method) =>
    everywhere((tenant, path) => ({
      name: `${method} ${tenant} ${path} with a token ${state.state}: ${state.status}`,
      variant: 'ordinary',
      async run(edge, surroundings) {
        const authorization = await state.authorization(surroundings, tenant);
        const headers = { ...(authorization === undefined ? {} : { authorization }) };
        const call: Call = { tenant, path, method, headers };
        const outcome = await send(edge, surroundings, call);
        if (state.status === 200) {
          assertForwarded(outcome, tenant);
        } else if (state.status === 401) {
          assertChallenged(outcome, edge, call, state.detail);
        } else {
          assertRefused(outcome, 403, 'Forbidden', state.detail);
        }
      },
    })),
  ),
);
