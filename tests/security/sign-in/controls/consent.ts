import { type Control, controlsIn, signInRoom } from '../control.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);
const kept = '((globalThis.keptSignIns ??= new Map()))';
const agreement = '[slug, client, portless(redirect)]';

/** Of the people's consent, and of what travels in their browsers. */
export const consentControls: readonly Control[] = [
  {
    control: 'a sign-in goes on in the browser that began it',
    changes: [
      {
        file: `${proxy}/transaction.ts`,
        text: 'const value = await sealed.seal(transaction, lifetime);',
        instead: `const value = await sealed.seal(transaction, lifetime); ${kept}.set(handle, value);`,
      },
      {
        file: `${proxy}/transaction.ts`,
        text: 'const value = cookiesOf(request, cookieStart, site.base).get(handle);',
        instead: `const value = cookiesOf(request, cookieStart, site.base).get(handle) ?? ${kept}.get(handle);`,
      },
    ],
    attacks: [
      'a link to the identity provider, after consent in the attacker’s browser, opened in another person’s',
    ],
  },
  off(
    'transaction.ts',
    'a sign-in has its own name sealed in',
    'transaction.handle !== handle || ',
    '',
    'the attacker’s sign-in under the name of the other person’s',
  ),
  {
    control: 'an answer is for the sign-in that it names',
    changes: [
      { file: `${proxy}/transaction.ts`, text: 'transaction.handle !== handle || ', instead: '' },
      {
        file: `${proxy}/transaction.ts`,
        text: '.get(handle);\n      const transaction',
        instead: '.values().next().value;\n      const transaction',
      },
    ],
    attacks: ['an answer with another state'],
  },
  off(
    'transaction.ts',
    'a sign-in stays with its organisation',
    ' || transaction.tenant !== site.slug',
    '',
    'the sign-in of one organisation at the address of another',
  ),
  off(
    'transaction.ts',
    'a sign-in is forgotten after ten minutes',
    'const lifetime = 600;',
    'const lifetime = 60_000;',
    'a sign-in that was left for ten minutes',
  ),
  off(
    'transaction.ts',
    'a browser carries three sign-ins',
    'others.length + 1 - mostAtOnce',
    '0',
    'more sign-ins at once than a browser can carry',
  ),
  off(
    'callback.ts',
    'only who agreed is signed in',
    'const fits = consented && (',
    'const fits = (',
    'an answer of the identity provider to a sign-in that nobody agreed to',
  ),
  off(
    'callback.ts',
    'the answer is the organisation’s own identity provider’s',
    '(issuer === undefined || upstream.issuersOf(site).includes(issuer))',
    'true',
    'an answer of another identity provider than the organisation’s',
  ),
  off(
    'callback.ts',
    'an answer counts once',
    "!fits || !(await storeOf(site.slug).useOnce('handle', handle, expires))",
    '!fits',
    'an answer of the identity provider that comes again',
  ),
  off(
    'callback.ts',
    'what the identity provider writes is not shown',
    'const sentence = sentenceFor(refusal, site.displayName);',
    "const sentence = description ?? '';",
    'markup in what the identity provider says of an error',
  ),
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
