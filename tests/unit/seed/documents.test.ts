import { describe, expect, test } from 'vitest';
import { parseDocument, readKnowledge } from '#seed/knowledge';

const documents = readKnowledge('Contoso');

/** The topics that answers of the scenarios and of the experts rest on. */
const titles = [
  'Invoice Adjustment Policy',
  'Data Overage Policy',
  'Late Payment Fee Policy',
  'Payment Failure & Reinstatement Rules',
  'Financial Hardship Payment Plan Procedure',
  'Billing Dispute Escalation',
  'Autopay Discount Terms',
  'Troubleshooting Slow Internet',
  'Text Messaging Issues FAQ',
  'Troubleshooting Call Dropping',
  'Dropped Call Investigation Workflow',
  'Service Reliability SLA Credit Matrix',
  'International Roaming Options Explained',
  'Roaming Activation Cut-off Times',
  'Account Unlock Procedure',
  'Promotion Eligibility Guidelines',
  'Return Policy and Process',
];

test('every topic has a document', () => {
  expect(documents.map((document) => document.title)).toEqual(expect.arrayContaining(titles));
});

describe.each(documents.map((document) => [document.slug, document] as const))('%s', (slug, document) => {
  test('has 120 to 250 words', () => {
    const words = document.content.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(120);
    expect(words).toBeLessThanOrEqual(250);
  });

  test('has the slug that its title gives', () => {
    expect(slug).toBe(
      document.title
        .toLowerCase()
        .replace('&', 'and')
        .replaceAll(/[^a-z0-9]+/g, '-'),
    );
  });

  test('names the company it was read for and no placeholder', () => {
    const other = readKnowledge('Fabrikam').find((candidate) => candidate.slug === slug);
    expect(other?.content).toBe(document.content.replaceAll('Contoso', 'Fabrikam'));
    expect(document.content).not.toContain('{{');
  });
});

test('the two roaming documents contradict each other, as the third scenario needs', () => {
  const content = (slug: string) => documents.find((document) => document.slug === slug)?.content ?? '';
  expect(content('international-roaming-options-explained')).toMatch(/at least 3 days before departure/);
  expect(content('roaming-activation-cut-off-times')).toMatch(/within 24 hours/);
});

describe('a file that is not a document is refused by name', () => {
  const good = '---\ntitle: A\ndoc_type: policy\nslug: a\n---\n\nText.\n';

  test('a good one is read', () => {
    expect(parseDocument('a.md', good)).toEqual({
      title: 'A',
      doc_type: 'policy',
      slug: 'a',
      content: 'Text.',
    });
    expect(parseDocument('a.md', good.replaceAll('\n', '\r\n')).content).toBe('Text.');
  });

  test.each([
    ['no front matter', 'Text.'],
    ['no title', good.replace('title: A\n', '')],
    ['an unknown type', good.replace('policy', 'poem')],
    ['another slug than the file name', good.replace('slug: a', 'slug: b')],
    ['no text', good.replace('Text.', '')],
  ])('%s', (_case, text) => {
    expect(() => parseDocument('a.md', text)).toThrow(/^a\.md: /);
  });
});
