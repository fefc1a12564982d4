import type { Attack } from '../attack.ts';
import { approvalAttacks } from './approvals.ts';
import { disguisedAttacks, languageAttacks, unseenAttacks } from './dress.ts';
import { forbiddenAttacks, recordAttacks } from './records.ts';
import { questionAttacks, talkAttacks } from './talk.ts';
import { wayOutAttacks } from './ways-out.ts';

/** All attacks, by family. */
export const families: Readonly<Record<string, readonly Attack[]>> = {
  'orders in records': recordAttacks,
  'what the caller may not do or see': forbiddenAttacks,
  'what was said before': talkAttacks,
  'what a question brings with it': questionAttacks,
  'other languages': languageAttacks,
  'orders that nobody sees': unseenAttacks,
  'texts that look like ours': disguisedAttacks,
  'agreement in a person’s place': approvalAttacks,
  'ways out': wayOutAttacks,
};
