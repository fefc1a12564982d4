import { describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { checklist, examine } from '#doctor/checks/index';
import type { Evidence } from '#doctor/evidence';
import { goodEvidence, goodSettings } from './evidence.ts';
import { agenticFaults } from './faults/agentic.ts';
import { backendFaults } from './faults/backend.ts';
import { edgeFaults, frames } from './faults/edge.ts';
import { operationsFaults } from './faults/operations.ts';
import { otherWaysIn, signInFaults } from './faults/sign-in.ts';
import { peopleWith, trustFaults } from './faults/trust.ts';
import { beside, type Spoil, settings, spare, trial } from './spoils.ts';

const cases = [
  ...edgeFaults,
  ...backendFaults,
  ...signInFaults,
  ...agenticFaults,
  ...operationsFaults,
  ...trustFaults,
];

function find(evidence: Evidence, id: string) {
  return examine(evidence).find((item) => item.id === id);
}

describe('a deployment that is in order', () => {
  it.each(checklist.map(({ id }) => id))('passes %s', (id) => {
    expect(find(goodEvidence(), id)).toMatchObject({ status: 'pass' });
  });
});

describe('a deployment with a fault', () => {
  it.each(cases)('%s notices it (%#)', (id, spoil, status, words) => {
    const item = find(spoil(goodEvidence()), id);
    expect(item).toMatchObject({ status, reason: expect.stringMatching(words) });
    expect(item?.remedy).toMatch(/\.$/);
  });

  it('is a case above for every item', () => {
    const covered = new Set(cases.map(([id]) => id));
    expect(checklist.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

it.each<readonly [string, Spoil, RegExp]>([
  ...otherWaysIn,
  ['edge.frame-host', frames('cards.example', 'https://cards.example'), /has nothing else at that host name/],
  ['backend.task-hub', beside({}), /--beside tells whether another app or slot has the same/],
  [
    'backend.task-hub',
    beside({ 'other.json': { ...goodSettings, AzureWebJobsStorage__accountName: 'another' } }),
    /none of the others has it/,
  ],
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-09-01-preview' }), /-preview does/],
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-10-21' }), /2024-10-21 does/],
  ['agentic.model-answers', trial({ leftOut: ['tool_choice'] }), /refuses tool_choice, which is left out/],
  ['agentic.model-answers', spare({}), /^chat answered in 2 turns.*The second model, spare: chat answered/],
])('%s passes (%#)', (id, spoil, words) => {
  expect(find(spoil(goodEvidence()), id)).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(words),
  });
});

it('two people who may approve are enough, and of a directory it is said how they are found', () => {
  const found = (evidence: Evidence) => examine(evidence).find(({ id }) => id === 'backend.second-person');
  expect(found(peopleWith(['approver'], ['approver', 'billing'])(goodEvidence()))).toMatchObject({
    status: 'pass',
    reason: expect.stringContaining('two people or more may approve'),
  });
  expect(found(goodEvidence())).toMatchObject({
    status: 'pass',
    reason: expect.stringContaining('appRoleAssignedTo'),
  });
});

describe('what is not known', () => {
  const unknown = (state: { missing: string } | { problem: string }): Evidence => ({
    environment: state,
    flexSettings: state,
    beside: [],
    gateway: state,
    gatewayValues: state,
    tier: state,
    tools: businessTools,
    model: state,
    otherModels: [],
    people: state,
    switches: state,
    release: state,
    backups: state,
    live: Object.fromEntries(Object.keys(goodEvidence().live).map((name) => [name, state])) as never,
  });
  const ofTools = ['backend.permissions', 'agentic.domains', 'operations.typed'];

  it('is skipped when nobody asked for it', () => {
    for (const item of examine(unknown({ missing: 'Not asked for.' }))) {
      const expected = ofTools.includes(item.id)
        ? { status: 'pass' }
        : { status: 'skipped', reason: 'Not asked for.' };
      expect(item, item.id).toMatchObject(expected);
    }
  });

  it('fails when it could not be looked at', () => {
    for (const item of examine(unknown({ problem: 'fetch failed.' }))) {
      expect(item.status, item.id).toBe(ofTools.includes(item.id) ? 'pass' : 'fail');
    }
  });
});

it('every item has its own id, in its group', () => {
  expect(new Set(checklist.map(({ id }) => id)).size).toBe(checklist.length);
  for (const { id, group } of checklist) {
    expect(id.split('.')[0]).toBe(group.toLowerCase());
  }
});
