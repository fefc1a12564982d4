import { expect, test } from 'vitest';
import { withoutOutsideLinks } from '#platform/experts/outside-links';

test.each([
  ['an image', 'Paid. ![a receipt](https://out.example/p?d=1)', 'Paid. a receipt'],
  [
    'an image by label',
    '![a receipt][r]\n[r]: https://out.example/p',
    'a receipt\n[r]: https[:]//out[.]example/p',
  ],
  ['a link', 'See [the bill](https://out.example/p?d=1).', 'See the bill (https[:]//out[.]example/p?d=1).'],
  ['a link to a script', '[open](javascript:go())', 'open (javascript[:]go())'],
  ['an address', 'Go to HTTPS://out.example/p now', 'Go to HTTPS[:]//out[.]example/p now'],
  ['an address in brackets', '<https://out.example/>', '‹https[:]//out[.]example/>'],
  ['an address without a scheme', 'At //out.example/p', 'At [/]/out[.]example/p'],
  ['a host', 'At www.out.example', 'At www[.]out.example'],
  ['a host with a path', 'At shop.out.example/p?d=1', 'At shop[.]out[.]example/p?d=1'],
  [
    'another program',
    'Open ftp://out.example and mailto:a@out.example',
    'Open ftp[:]//out.example and mailto[:]a@out.example',
  ],
  ['a tag', '<img src="//out.example/p">', '‹img src="[/]/out[.]example/p">'],
])('%s leads nowhere', (_, text, expected) => {
  expect(withoutOutsideLinks(text)).toBe(expected);
});

test.each([
  'Invoice 102 (due 2026-02-15) has 50.00 of 80.00 dollars outstanding; 3 < 5 and 24/7.',
  'Write to ada.stone@example.com. The case is A/B, e.g. this one.',
  'See [the policy](knowledge://overage-policy), or knowledge://overage-policy.',
  'Status: done. Ratio 1:2, at 09:30; [1] of v1.2 or v1.3.',
])('what is no way out stays as it is: %s', (text) => {
  expect(withoutOutsideLinks(text)).toBe(text);
});

test('a text that was made so stays so', () => {
  const once = withoutOutsideLinks('[x](https://out.example/p) ![y](//out.example) www.out.example');
  expect(withoutOutsideLinks(once)).toBe(once);
});
