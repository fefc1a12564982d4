import { type Control, controlsIn, signInRoom } from '../control.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);
const agreement = '[slug, client, portless(redirect)]';

export const consentPageControls: readonly Control[] = [
  off(
    'consent.ts',
    'consent comes from the service’s own origin',
    'origin !== new URL(issuerOf(site, request)).origin || ',
    '',
    'consent that another site’s page sends',
  ),
  off(
    'consent.ts',
    'consent comes from the service’s own site',
    "(from !== null && from !== 'same-origin')",
    'false',
    'consent that a page of a neighbouring host sends',
  ),
  off(
    'consent.ts',
    'consent comes from the page of this sign-in',
    "!isSame(form.get('csrf') ?? '', transaction.csrf)",
    'false',
    'consent without what the page itself says',
  ),
  off(
    'consent.ts',
    'only a yes is a yes',
    "form.get('decision') !== 'allow'",
    "form.get('decision') === 'deny'",
    'consent with a button that does not say yes',
  ),
  off(
    'remembered.ts',
    'consent is remembered for one program',
    agreement,
    '[slug, portless(redirect)]',
    'another program in a browser where one is remembered',
  ),
  off(
    'remembered.ts',
    'consent is remembered for one redirect',
    agreement,
    '[slug, client]',
    'a remembered program that wants the answer elsewhere',
  ),
  off(
    'remembered.ts',
    'consent is remembered for one organisation',
    agreement,
    '[client, portless(redirect)]',
    'a remembered program at another organisation',
  ),
  off(
    'remembered.ts',
    'what is remembered does not go along with other sites’ forms',
    "sameSite: 'Lax'",
    "sameSite: 'None'",
    'a remembered answer that goes along with another site’s form',
  ),
  off(
    'authorize.ts',
    'a client can have the person asked again',
    '!wantsConsent && ',
    '',
    'a remembered program whose client wants the person to be asked',
  ),
  off(
    'authorize.ts',
    'nobody is signed in unasked',
    "transaction.prompt === 'none'",
    'false',
    'a program that wants nobody to be asked',
  ),
  off(
    'consent-page.ts',
    'a name that nobody checked is told as such',
    `It calls itself “<bdi>\${name}</bdi>”; nobody has checked that`,
    `<bdi>\${name}</bdi>`,
    'a program that calls itself by the product’s own name',
  ),
  off(
    'consent-page.ts',
    'who vouches for a name is told',
    `, by its own account; it is vouched for by <strong>\${new URL(id).hostname}</strong>`,
    '',
    'a document that gives a program the name of a known one',
  ),
  off(
    'consent-page.ts',
    'people are warned of programs on their machine',
    '<strong>Any program on this computer may be behind that address.</strong>',
    '',
    'a program on the person’s machine that looks like any other',
  ),
];
