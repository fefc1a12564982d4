import { type Control, controlsIn, signInRoom } from '../control.ts';

import { consentPageControls } from './consent-page.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);
const kept = '((globalThis.keptSignIns ??= new Map()))';

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
  ...consentPageControls,
];
