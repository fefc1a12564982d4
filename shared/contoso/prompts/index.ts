import type { AnyPrompt } from '#platform/mcp/definitions/prompt';
import { explainInvoice } from './explain-invoice.ts';
import { troubleshootService } from './troubleshoot-service.ts';
import { unlockAccountPrompt } from './unlock-account.ts';

/** The prompts of `/mcp`, in the order in which clients see them. */
export const businessPrompts: readonly AnyPrompt[] = [
  explainInvoice,
  unlockAccountPrompt,
  troubleshootService,
];
