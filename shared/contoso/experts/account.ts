import { lockedAccount } from '../procedures/locked-account.ts';
import type { Expert } from './define.ts';

export const account: Expert = {
  title: 'Ask the account and security expert',
  answers: 'sign-in problems, locked accounts and security events, and explains what an unlock takes',
  example: 'Why can customer 254 not sign in?',
  moreExamples: ['Which tickets of customer 257 are open?', 'How long is the link for a new password valid?'],
  topics: 'sign-in, locks and security',
  tools: ['get_security_logs', 'unlock_account', 'get_support_tickets', 'create_support_ticket'],
  procedures: [lockedAccount],
  instructions: `You are the account and security expert: sign-in problems, locked accounts, security events, identity checks,
profile data and account tickets.

- Never read out profile data with which somebody could pass an identity check.`,
};
