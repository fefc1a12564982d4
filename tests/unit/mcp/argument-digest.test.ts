import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '#platform/json/canonical';
import { argumentDigest } from '#platform/mcp/pipeline/digest';

it('digests are an HMAC with SHA-256, whatever the length of the key', () => {
  const keys = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
  fc.assert(
    fc.property(keys, fc.string(), fc.jsonValue(), (key, tool, input) => {
      const text = ['contoso', tool, canonicalJson(input)].join('\0');
      const whole = createHmac('sha256', key).update(text).digest('base64url');
      expect(argumentDigest(key)('contoso', tool, input)).toBe(whole.slice(0, 22));
    }),
  );
});
