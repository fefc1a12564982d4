import type { Control } from './control.ts';
import { accountControls } from './controls/accounts.ts';
import { assertionControls } from './controls/assertions.ts';
import { clientControls } from './controls/clients.ts';
import { consentControls } from './controls/consent.ts';
import { documentControls } from './controls/documents.ts';
import { grantControls } from './controls/grants.ts';
import { passkeyControls } from './controls/passkeys.ts';
import { requestControls } from './controls/requests.ts';
import { surfaceControls } from './controls/surface.ts';

/** Every control of the sign-in. A new one belongs here, with an attack that it refuses. */
export const controls: readonly Control[] = [
  ...consentControls,
  ...requestControls,
  ...grantControls,
  ...documentControls,
  ...clientControls,
  ...surfaceControls,
  ...assertionControls,
  ...accountControls,
  ...passkeyControls,
];
