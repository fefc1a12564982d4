import * as z from 'zod';
import { id } from '#platform/mcp/definitions/inputs';
import { definePrompt } from '#platform/mcp/definitions/prompt';
import { customerIds } from './completions.ts';

export const unlockAccountPrompt = definePrompt({
  name: 'unlock_account',
  title: 'Unlock an account',
  description:
    'Unlocks a locked account the way the procedure asks for: reason first, identity, then unlock.',
  permission: 'security.write',
  input: z.strictObject({ customer_id: id('The customer whose account is locked.') }),
  example: { customer_id: 254 },
  completions: { customer_id: customerIds },
  text: ({ customer_id }) => `Unlock the account of customer ${customer_id}, as the procedure says.

1. Call get_security_logs with customer_id ${customer_id}. Tell me whether the account is locked, since when and why. If it is not locked, stop here.
2. Call search_knowledge_base for the account unlock procedure and list what has to be verified.
3. Ask me how the customer's identity was verified, and wait for my answer. Do not go on without it.
4. Only if that is what the procedure asks for, call unlock_account with customer_id ${customer_id} and a reason that says why and how the identity was verified.
5. Tell me when it was unlocked, and what the procedure says the customer should do next.

If the logs look like an attack rather than a forgotten password, do not unlock: tell me what you see.`,
});
