import { pass, warn } from '../finding.ts';
import { asDeployed } from './backend.ts';
import { type Check, fromSettings, names } from './check.ts';

export const actsForUsers: Check = {
  id: 'backend.downstream',
  group: 'Backend',
  title: 'Acting for users at other services needs no secret, and reaches all of them',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { downstream, signIn, tenants } = asDeployed(env);
      if (downstream === undefined || 'secrets' in downstream.proof) {
        return pass('DOWNSTREAM_IDENTITY is not set: calls act for nobody at other services.');
      }
      const { identity } = downstream.proof;
      const left = tenants.filter(
        ({ exchange, enterprise }) =>
          exchange === undefined && (signIn?.way === 'own' || enterprise !== undefined),
      );
      return left.length > 0
        ? warn(
            `Whoever signs in at the service itself cannot be acted for: people of ${names(left.map(({ slug }) => slug))}.`,
            'Give these tenants an exchange in TENANTS, or tell their people.',
          )
        : pass(
            `The registration ${downstream.clientId} must trust the identity ${identity}, which gives tokens without a secret.`,
          );
    }),
};
