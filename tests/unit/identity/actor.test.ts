import { describe, expect, it } from 'vitest';
import { type Actor, actorOf, actors, bindingOf, parentOf } from '#platform/identity/actor';

type Claims = Readonly<Record<string, unknown>>;

const user = { oid: 'user', azp: 'client', sub: 'pairwise' };
const blueprint = '30cf4c22-9985-4ef7-8756-91cc888176bd';

/** Shapes that the reference of Entra Agent ID has, and tokens without its claims. */
const known: readonly (readonly [what: string, appOnly: boolean, Claims, Actor])[] = [
  ['a user, where the API asks for no optional claims', false, user, 'person'],
  [
    'a user with a usual client',
    false,
    {
      ...user,
      idtyp: 'user',
      xms_idrel: '1 16',
      xms_act_fct: '3 9',
      xms_sub_fct: '3 6',
      xms_tnt_fct: '3 16',
    },
    'person',
  ],
  ['a guest', false, { ...user, idtyp: 'user', xms_idrel: '5' }, 'person'],
  [
    'an agent on behalf of a user',
    false,
    { ...user, idtyp: 'user', xms_idrel: '1 8', xms_act_fct: '11 9 3', xms_sub_fct: '2 3' },
    'agent_for_person',
  ],
  ['an agent that only its parent tells', false, { ...user, xms_par_app_azp: blueprint }, 'agent_for_person'],
  ['an actor of RFC 8693', false, { ...user, act: { sub: 'agent' } }, 'agent_for_person'],
  [
    'an agent by itself',
    true,
    {
      oid: 'agent',
      azp: 'app',
      idtyp: 'app',
      xms_idrel: '7 10',
      xms_act_fct: '3 9 11',
      xms_sub_fct: '9 3 11',
    },
    'agent',
  ],
  [
    'the user account of an agent',
    false,
    { ...user, idtyp: 'user', xms_idrel: '1', xms_act_fct: '11', xms_sub_fct: '13' },
    'agent',
  ],
  ['an application', true, { oid: 'app', azp: 'client', idtyp: 'app', xms_act_fct: '3 9' }, 'application'],
  ['an application of a v1 token', true, { oid: 'app', appid: 'client' }, 'application'],
];

describe('who acts', () => {
  it.each(known)('%s', (_what, appOnly, claims, actor) => {
    expect(actorOf(claims, appOnly)).toBe(actor);
  });

  it.each<[string, Claims]>([
    ['another type', { idtyp: 'device' }],
    ['a type that is no text', { idtyp: ['user'] }],
    ['an empty type', { idtyp: '' }],
    ['a service principal', { idtyp: 'user', xms_idrel: '7' }],
    ['a federated managed identity', { xms_idrel: '33' }],
    ['a person’s relation and another one', { xms_idrel: '1 9' }],
    ['a relation that nobody knows', { xms_idrel: '35' }],
    ['a malformed relation', { xms_idrel: '1,16' }],
    ['a relation that is a number', { xms_idrel: 1 }],
    ['a client that is its own subject', { oid: 'client' }],
  ])('%s is no person: the least trusted', (_what, claims) => {
    expect(actorOf({ ...user, ...claims }, false)).toBe('application');
  });

  it.each<[string, Claims]>([
    ['facets of the actor in another form', { xms_act_fct: ['11'] }],
    ['facets of the actor with commas', { xms_act_fct: '3,11' }],
    ['facets of the actor with two blanks', { xms_act_fct: '3  11' }],
    ['no facet of the actor in a claim that is there', { xms_act_fct: '' }],
    ['facets of the actor as words', { xms_act_fct: 'AgentIdentity' }],
    ['a facet of an agent’s user as the actor', { xms_act_fct: '13' }],
    ['facets of the directory in another form', { xms_tnt_fct: 3 }],
    ['an agent’s facet of the directory', { xms_tnt_fct: '11' }],
    ['an actor that is null', { act: null }],
    ['a parent that is no id', { xms_par_app_azp: '' }],
  ])('%s: an agent, at best', (_what, claims) => {
    expect(actorOf({ ...user, idtyp: 'user', ...claims }, false)).toBe('agent_for_person');
  });

  it.each([null, 13, '13 ', 'AgentIDUser', '11', '3 13', {}])(
    'a subject with the facets %j is an agent',
    (facets) => {
      expect(actorOf({ ...user, idtyp: 'user', xms_sub_fct: facets }, false)).toBe('agent');
    },
  );

  it('reads facets in any order, and no even number as one', () => {
    expect(actorOf({ ...user, xms_act_fct: '9 3 11 16' }, false)).toBe('agent_for_person');
    expect(actorOf({ ...user, xms_act_fct: '110 112 9', xms_sub_fct: '130 2' }, false)).toBe('person');
  });
});

it('what an agent is made from is told when it is an id', () => {
  expect(parentOf({ xms_par_app_azp: blueprint })).toBe(blueprint);
  expect(parentOf({ xms_par_app_azp: 'x'.repeat(500) })).toBeUndefined();
  expect(parentOf({})).toBeUndefined();
});

it('what one kind of caller began, another with the same id cannot carry on', () => {
  const bindings = actors.map((actor) => bindingOf({ tenant: 'contoso', user: 'tid:oid', actor }).join());
  expect(new Set(bindings).size).toBe(actors.length);
});
