import type { Chapter } from './attack.ts';
import { accounts } from './attacks/accounts.ts';
import { codes } from './attacks/codes.ts';
import { confusedDeputy } from './attacks/confused-deputy.ts';
import { flood } from './attacks/flood.ts';
import { invitations } from './attacks/invitations.ts';
import { keys } from './attacks/keys.ts';
import { mixUp } from './attacks/mix-up.ts';
import { pages } from './attacks/pages.ts';
import { passkeys } from './attacks/passkeys.ts';
import { redirects } from './attacks/redirects.ts';
import { scopes } from './attacks/scopes.ts';
import { sessionHijacking } from './attacks/session-hijacking.ts';
import { ssrf } from './attacks/ssrf.ts';
import { tokenPassthrough } from './attacks/token-passthrough.ts';

/**
 * In the order of the protocol's security best practices, and of the security considerations of its authorization
 * specification, both of 2026-07-28; then of what the protocol leaves open, where the service has the accounts itself.
 */
export const chapters: readonly Chapter[] = [
  { title: 'Confused deputy', attacks: confusedDeputy },
  { title: 'Token passthrough', attacks: tokenPassthrough },
  { title: 'Server-side request forgery', attacks: ssrf },
  { title: 'Session hijacking', attacks: sessionHijacking },
  { title: 'Scope minimization', attacks: scopes },
  { title: 'Authorization code protection', attacks: codes },
  { title: 'Open redirection', attacks: redirects },
  { title: 'Mix-up', attacks: mixUp },
  { title: 'Pages and forms', attacks: pages },
  { title: 'Floods', attacks: flood },
  { title: 'Keys that change', attacks: keys },
  { title: 'Invitations', attacks: invitations },
  { title: 'Passkeys', attacks: passkeys },
  { title: 'Accounts that change', attacks: accounts },
];
