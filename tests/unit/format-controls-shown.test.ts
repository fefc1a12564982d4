import { expect, test } from 'vitest';
import { unwrapToolData, wrapToolData } from '#platform/experts/tool-data';
import { hasFormatControlsBesideLines } from '#platform/format-controls';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { success } from '#platform/mcp/tool-answer';
import { logged, shownIn } from './format-controls-places.ts';
import { everything } from './hidden-characters.ts';

test.each(shownIn)('a stored text has nothing hidden in %s', async (_where, show) => {
  const texts = textsIn(await show());
  expect(texts.join('')).toContain('\\u202e');
  expect(texts.filter(hasFormatControlsBesideLines)).toEqual([]);
});

test('data that programs read are what is stored', () => {
  expect(success('', { name: everything }, unlabelled).structuredContent).toEqual({ name: everything });
  expect(JSON.parse(logged(everything))).toMatchObject({ reason: everything });
  expect(unwrapToolData(wrapToolData({ kind: 'ok', data: everything, summary: '' }))).toMatchObject({
    data: everything,
  });
});

/** Every text in a value, names of members among them. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)]);
}
