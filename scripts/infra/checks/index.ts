import type { Prediction } from '../predict.ts';
import { gateway } from './gateway.ts';
import { privateNetwork } from './private.ts';
import { roles } from './roles.ts';
import { secrets } from './secrets.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';

const checks = [settings, roles, gateway, privateNetwork, secrets, services];

/** What is wrong with a deployment, one sentence each. */
export function problemsOf(prediction: Prediction): readonly string[] {
  return checks.flatMap((check) => check.problems(prediction));
}
