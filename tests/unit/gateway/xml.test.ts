import { expect, it } from 'vitest';
import { parseXml } from '#gateway/language/xml';

it('knows the lines of elements, attributes and texts', () => {
  const root = parseXml('a.xml', '<!-- first -->\n<a>\n  <b\n    c="1">\n    text</b>\n</a>');
  const [b] = root.children;
  expect(root.position.line).toBe(2);
  expect(b?.position.line).toBe(3);
  expect(b?.attributes.get('c')?.position.line).toBe(4);
  expect(b?.textPosition.line).toBe(4);
});

it('resolves entities and takes CDATA as text', () => {
  const root = parseXml('a.xml', `<a b='"&lt;&amp;'>1 &gt; <![CDATA[0 && <x>]]></a>`);
  expect(root.attributes.get('b')?.value).toBe('"<&');
  expect(root.text).toBe('1 > 0 && <x>');
});

it.each([
  ['<a>\n<b></a>', 'a.xml:2: not well-formed XML'],
  ['<a b=1 />', 'a.xml:1: not well-formed XML'],
  ['<a b="1" b="2" />', 'a.xml:1: not well-formed XML'],
  ['<a>&other;</a>', 'a.xml:1: not well-formed XML'],
  ['', 'a.xml:1: not well-formed XML'],
  ['<!DOCTYPE a [<!ENTITY e "x">]>\n<a/>', 'a.xml:1: a policy has no document type'],
])('refuses %j', (source, message) => {
  expect(() => parseXml('a.xml', source)).toThrow(message);
});
