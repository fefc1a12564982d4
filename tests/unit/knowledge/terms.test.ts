import { describe, expect, test } from 'vitest';
import { toTerm } from '#platform/knowledge/terms';

describe('words of one stem are one term', () => {
  test.each([
    ['activate', 'activated', 'activating', 'activation'],
    ['refund', 'refunds', 'refunded'],
    ['policy', 'policies'],
    ['Café', 'CAFE', 'cafés'],
  ])('%s', (first, ...others) => {
    expect(new Set(others.map(toTerm))).toEqual(new Set([toTerm(first)]));
  });
});

test('different words stay different terms', () => {
  expect(toTerm('roaming')).not.toBe(toTerm('room'));
});

test.each(['the', 'The', 'can', 'what', ''])('"%s" is no term', (word) => {
  expect(toTerm(word)).toBeNull();
});
