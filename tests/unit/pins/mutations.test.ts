import { expect, test } from 'vitest';
import { contoso } from '#contoso/business';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { listedTools } from '#scripts/docs/offers';
import { differences } from '#scripts/pins/differences';
import { gatherPins } from '#scripts/pins/gather';
import type { JsonObject, Pins } from '#scripts/pins/pin';
import { mutantsOfFamily, mutantsOfPrompt, mutantsOfTool } from './mutants.ts';

import { type Business, bare, pinned, redFor, unseen } from './redness.ts';

test('nothing is red as it is', async () => {
  expect([...(await redFor(contoso))]).toEqual([]);
});

test('a change of any field of any tool turns its pin red', async () => {
  const tools = listedTools.map(({ thing }) => thing);
  // all at once, as tools beside each other: each change is in one that has a name of its own
  const mutants = tools.flatMap((tool) =>
    mutantsOfTool(tool).map((mutant, place) => ({ ...mutant, of: tool.name, as: `${tool.name}__${place}` })),
  );
  const sent = await gatherPins({ ...bare, tools: mutants.map(({ thing, as }) => ({ ...thing, name: as })) });
  const missed = mutants.filter(({ of, as }) => {
    const found = differences(contentOf(pinned, of), contentOf(sent, as));
    return found.every(({ path }) => becauseOfPlace.test(path.join('/')));
  });
  expect(mutants.length).toBeGreaterThan(tools.length * 30);
  expect(missed.map(({ of, what }) => `${of}: ${what}`)).toEqual([]);
});

/** What differs because of the other name, and because all of them are at one endpoint, where nothing runs as a task. */
const becauseOfPlace = /^(listed\/name|endpoint|listed in .*)$/;

function contentOf(pins: Pins, id: string): JsonObject {
  return pins.get(id)?.content ?? expect.fail(`${id} is not pinned.`);
}

test('another name of a tool turns the pins of both names red', async () => {
  const [tool, ...others] = contoso.tools;
  const renamed = [{ ...tool, name: 'get_everybody' } as AnyTool, ...others];
  expect(await redFor({ ...contoso, tools: renamed })).toEqual(
    new Set(['endpoint:mcp', tool?.name, 'get_everybody']),
  );
});

test('a change of any field of any expert that clients see turns its pin red', async () => {
  const { missed } = await unseen(
    contoso.experts,
    (expert) => [
      { what: 'domain', thing: { ...expert, domain: `${expert.domain}2` } },
      { what: 'title', thing: { ...expert, title: `${expert.title} Otherwise.` } },
      { what: 'description', thing: { ...expert, description: `${expert.description} Otherwise.` } },
      { what: 'permission', thing: { ...expert, permission: 'catalog.read' } },
    ],
    ({ domain }) => `ask_${domain}_expert`,
    (experts) => ({ ...bare, experts }),
  );
  expect(missed).toEqual([]);
});

test('a change of any field of any prompt turns its pin red', async () => {
  const { missed } = await unseen(
    contoso.prompts,
    mutantsOfPrompt,
    ({ name }) => `prompt:${name}`,
    (prompts) => ({ ...bare, prompts }),
  );
  expect(missed).toEqual([]);
});

test('a change of any field of any family of resources turns its pin red', async () => {
  const { missed } = await unseen(
    contoso.resources,
    mutantsOfFamily,
    ({ name }) => `resource:${name}`,
    (resources) => ({ ...bare, resources }),
  );
  expect(missed).toEqual([]);
});

/** Each field of a skill that clients see, changed in one of them; and their order. */
function mutantsOfSkills(): NonNullable<Business['skills']>[] {
  const { skills = [] } = contoso;
  const [first, ...others] = skills;
  const changes = [{ name: 'otherwise' }, { description: 'Otherwise.' }, { text: 'Otherwise.' }];
  return [
    skills.toReversed(),
    ...changes.flatMap((change) => (first ? [[{ ...first, ...change }, ...others]] : [])),
  ];
}

test('a change of what an endpoint says of itself, or of the order of its lists, turns its pin red', async () => {
  const { info, instructions, tools, prompts, experts } = contoso;
  const changed: readonly [Partial<Business>, string][] = [
    [{ info: { ...info, name: 'otherwise' } }, 'endpoint:mcp'],
    [{ info: { ...info, title: 'Otherwise' } }, 'endpoint:agentic'],
    [{ info: { ...info, version: '99.0.0' } }, 'endpoint:mcp'],
    [{ instructions: { ...instructions, tools: 'Otherwise.' } }, 'endpoint:mcp'],
    [{ instructions: { ...instructions, experts: 'Otherwise.' } }, 'endpoint:agentic'],
    [{ tools: tools.toReversed() }, 'endpoint:mcp'],
    [{ prompts: prompts.toReversed() }, 'endpoint:mcp'],
    [{ experts: experts.toReversed() }, 'endpoint:agentic'],
    [{ resources: [] }, 'endpoint:mcp'],
    ...mutantsOfSkills().map((skills) => [{ skills }, 'endpoint:mcp'] satisfies [Partial<Business>, string]),
  ];
  for (const [change, id] of changed) {
    expect(await redFor({ ...contoso, ...change }), JSON.stringify(Object.keys(change))).toContain(id);
  }
});
