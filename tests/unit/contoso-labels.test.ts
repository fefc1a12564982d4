import { expect, test } from 'vitest';
import * as z from 'zod';
import { labelsOfDocuments } from '#contoso/labels';
import { businessTools } from '#contoso/tools/index';

/** Places of a schema in which anybody could write a sentence. */
function freeTexts(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const { type, enum: choices, const: only, format, ...rest } = schema as Record<string, unknown>;
  const isText = type === 'string' && choices === undefined && only === undefined && format === undefined;
  return [
    ...(isText ? [path] : []),
    ...Object.entries(rest).flatMap(([name, part]) => freeTexts(part, `${path}/${name}`)),
  ];
}

test('a result that is always trusted has no place in which somebody could write', () => {
  const trusted = businessTools.filter(
    ({ labels }) => typeof labels === 'object' && labels.integrity === 'trusted',
  );
  const free = trusted.flatMap(({ name, output }) => freeTexts(z.toJSONSchema(output), name));
  expect(trusted.length).toBeGreaterThan(0);
  expect(free).toEqual([]);
});

test('a rule can be relied on once it is released, and others can write guides and FAQs', () => {
  const integrityOf = (...types: string[]) =>
    labelsOfDocuments(types.map((doc_type) => ({ doc_type }))).integrity;
  expect(integrityOf('policy', 'procedure')).toBe('trusted');
  expect(integrityOf('policy', 'faq')).toBe('untrusted');
  expect(integrityOf('guide')).toBe('untrusted');
});

test('what says something of a customer is private, and the catalog is not', () => {
  const isPrivate = ({ labels }: (typeof businessTools)[number]) =>
    typeof labels === 'object' && labels.confidentiality === 'private';
  const aboutNobody = ['get_promotions', 'get_products', 'get_product_detail', 'search_knowledge_base'];
  expect(businessTools.filter((tool) => !isPrivate(tool)).map(({ name }) => name)).toEqual(aboutNobody);
});
