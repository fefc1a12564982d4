import type { OfflinePlans } from '#platform/experts/models/offline/offline-model';
import { expertDefinitions } from '../domains.ts';
import { intents } from './intents.ts';
import { playbooks } from './playbooks/index.ts';

/** What this business's experts do without a language model. */
export const offlinePlans: OfflinePlans = { experts: expertDefinitions, intents, playbooks };
