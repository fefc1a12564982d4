import { accessCases } from './cases/access.ts';
import { browserCases } from './cases/browser.ts';
import type { Case } from './cases/case.ts';
import { consoleCases } from './cases/console.ts';
import { failureCases } from './cases/failures.ts';
import { forwardingCases } from './cases/forwarding.ts';
import { frameHostCases } from './cases/frame-host.ts';
import { limitCases } from './cases/limits.ts';
import { metadataCases } from './cases/metadata.ts';
import { refusalCases } from './cases/refusals.ts';
import { signInCases } from './cases/sign-in.ts';
import { tokenCases } from './cases/tokens.ts';

/** What the policies have to do, as a table. The mutation run judges changed policies by the same table. */
export const cases: readonly Case[] = [
  ...limitCases,
  ...failureCases,
  ...forwardingCases,
  ...metadataCases,
  ...browserCases,
  ...accessCases,
  ...refusalCases,
  ...tokenCases,
  ...signInCases,
  ...consoleCases,
  ...frameHostCases,
];
