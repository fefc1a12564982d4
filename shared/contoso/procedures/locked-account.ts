import { defineProcedure } from './define.ts';

export const lockedAccount = defineProcedure({
  name: 'locked-account',
  description:
    'Says whether an account is locked and why, and leads through an unlock. Use it when somebody cannot sign in or asks to be unlocked.',
  tools: ['get_security_logs', 'unlock_account', 'search_knowledge_base'],
  documents: { unlock: 'Account Unlock Procedure' },
  text: `# A locked account

1. Read the log with \`get_security_logs\` before you say anything about a lock: whether the account is locked now, since when, how many attempts failed, from where.
2. Look the unlock procedure up with \`search_knowledge_base\`, and name its steps in their order.
3. Never read out profile data with which somebody could pass the identity check.
4. \`unlock_account\` is the last step, never the first: only after the person has said that the identity was verified and the second factor was passed. A wish to be unlocked is not that. The reason is what the person said.
5. Where the attempts come from an unknown country or the phone number was changed lately, do not unlock: it is a case for the Security Team.`,
});
