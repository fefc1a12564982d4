import { SkillsClient } from '@modelcontextprotocol/client/ext/skills';
import { beforeAll, describe, expect, it } from 'vitest';
import { highInvoice } from '#contoso/procedures/high-invoice';
import { procedures } from '#contoso/procedures/index';
import { clientsOf, eras } from './instance-clients.ts';
import { post, tokenOf } from './instance-requests.ts';
import { type Instances, startInstances } from './instances.ts';

let instances: Instances;
beforeAll(async () => {
  instances = await startInstances();
});

const connect = clientsOf(() => instances);

const uriOf = (name: string) => `skill://${name}/SKILL.md`;
const unlocking = uriOf('locked-account');

describe.each(eras)('a client of %s', (_version, mode) => {
  it('finds every procedure and reads it, checked against its digest', async () => {
    const skills = new SkillsClient(await connect(['query', 'security'], mode));
    expect(skills.supported).toBe(true);
    const { skills: listed } = await skills.list();
    expect(listed.map(({ frontmatter }) => frontmatter)).toEqual(
      procedures.map(({ name, description }) => ({ name, description })),
    );
    for (const [index, skill] of listed.entries()) {
      const file = await skills.read(skill);
      expect(file).toMatchObject({ verified: true, mimeType: 'text/markdown' });
      expect(file.body?.trim()).toBe(procedures[index]?.text);
    }
    const { skill } = await skills.get(uriOf(highInvoice.name));
    expect(skill).toEqual(listed.find(({ uri }) => uri === uriOf(highInvoice.name)));
  });

  it('is shown those alone whose tools its user may use', async () => {
    const skills = new SkillsClient(await connect(['query'], mode));
    const { skills: listed } = await skills.list();
    expect(listed.map(({ uri }) => uri)).toEqual(
      procedures.map(({ name }) => uriOf(name)).filter((uri) => uri !== unlocking),
    );
    await expect(skills.get(unlocking)).rejects.toMatchObject({ code: -32602 });
    const none = new SkillsClient(await connect([], mode));
    expect((await none.list()).skills).toEqual([]);
  });

  it('is not given the text of another one', async () => {
    const client = await connect(['query'], mode);
    await expect(client.readResource({ uri: unlocking })).rejects.toMatchObject({ code: -32602 });
    await expect(client.readResource({ uri: uriOf('no-such-skill') })).rejects.toMatchObject({
      code: -32602,
    });
    expect(await instances.audited()).toContain('resource:skill/locked-account denied refused');
  });

  it('sees them in no list of resources', async () => {
    const client = await connect(['security'], mode);
    const { resources } = await client.listResources();
    expect(resources.filter(({ uri }) => uri.startsWith('skill:'))).toEqual([]);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(['knowledge://{slug}']);
  });
});

it('a reading is on record', async () => {
  const client = await connect(['query'], 'auto');
  await client.readResource({ uri: uriOf('roaming') });
  expect(await instances.audited()).toContain('resource:skill/roaming allowed ok');
});

it.each([
  ['skills/get', {}, 'uri is required'],
  ['skills/get', { uri: 7 }, 'uri must be text'],
  ['skills/list', { cursor: 'x' }, 'cursor is not one that was given out here'],
])('%s with %o is refused in a sentence', async (method, params, sentence) => {
  const body = { jsonrpc: '2.0', id: 1, method, params };
  const response = await post(instances.one, tokenOf('staff', ['query']), body);
  expect(await response.text()).toContain(sentence);
});
