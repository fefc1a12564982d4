import { expect, test } from 'vitest';
import { contoso } from '#contoso/business';
import { acceptCommand, changesBetween } from '#scripts/pins/changes';
import { readPins } from '#scripts/pins/files';
import { gatherPins } from '#scripts/pins/gather';
import { linesOf } from '#scripts/pins/print';

const pinned = readPins();
const sent = await gatherPins(contoso);
const changes = new Map(changesBetween(pinned, sent).map((change) => [change.id, change]));

test.each([...new Set([...pinned.keys(), ...sent.keys()])])('clients see %s as it is pinned', (id) => {
  const change = changes.get(id);
  const told = change === undefined ? [] : linesOf(change);
  expect(told, `${told.join('\n')}\nWhen that is meant: ${acceptCommand([id])}`).toEqual([]);
});

test('everything that is served is pinned', () => {
  const { tools, prompts, resources } = contoso;
  expect(sent.size).toBeGreaterThan(tools.length + prompts.length + resources.length);
  for (const { content } of sent.values()) {
    // what nobody is shown would be pinned as null
    expect(content.listed ?? content.initialize).toBeInstanceOf(Object);
  }
});
