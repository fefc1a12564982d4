import { describe, expect, it } from 'vitest';
import { complaintsOf } from '#scripts/arrows/check';
import { house } from '#scripts/arrows/house';
import { readSource } from '#scripts/arrows/read-file';
import { mayImport } from '#scripts/arrows/rooms';
import { aliases, complaints, rooms } from './arrow-complaints.ts';

describe('what the table must never allow', () => {
  const platform = rooms.filter((room) => room.startsWith('shared/platform/'));
  const deployed = rooms.filter((room) => room.startsWith('shared') || room === 'functions');

  it.each(platform)('%s knows no business and nothing above it', (room) => {
    expect(rooms.filter((to) => !platform.includes(to) && mayImport(room, to))).toEqual([]);
  });

  it.each(deployed)('%s needs nothing that is not deployed', (room) => {
    expect(rooms.filter((to) => !deployed.includes(to) && mayImport(room, to))).toEqual([]);
  });

  it('the rules of the business stand on nothing but errors, dates and plurals', () => {
    expect(
      rooms.filter((to) => to !== 'shared/contoso/rules' && mayImport('shared/contoso/rules', to)),
    ).toEqual(['errors.ts', 'dates.ts', 'counted.ts'].map((file) => `shared/platform/${file}`));
  });
});

describe('what is refused everywhere else', () => {
  it('a room that nobody put into the table', () => {
    expect(complaints('attic/a.ts', '')[0]).toContain('attic/a.ts is in no room');
    expect(complaints('functions/a.ts', "import '../attic/a.ts';")).toEqual([
      'functions/a.ts:1 functions may not import attic/a.ts.',
    ]);
  });

  it('an alias leads to the same judgement', () => {
    expect(complaints('shared/platform/storage/a.ts', "import '#contoso/rules/billing';")).toEqual([
      'shared/platform/storage/a.ts:1 shared/platform/storage may not import shared/contoso/rules.',
    ]);
  });

  it('a library that belongs to another room', () => {
    expect(complaints('shared/platform/mcp/a.ts', "import { app } from '@azure/functions';")).toEqual([
      'shared/platform/mcp/a.ts:1 shared/platform/mcp may not import @azure/functions.',
    ]);
    expect(complaints('functions/a.ts', "import { app } from '@azure/functions';")).toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'performance.now()'])('asking for the time with %s', (what) => {
    expect(complaints('shared/contoso/tools/a.ts', `\nexport const t = ${what};`)).toEqual([
      `shared/contoso/tools/a.ts:2 reads ${what}: use the clock that is handed in, or shared/platform/clock.ts.`,
    ]);
    expect(complaints('shared/platform/clock.ts', `export const t = ${what};`)).toEqual([]);
  });

  it('a date that is made from a value is no question for the time', () => {
    expect(complaints('shared/contoso/tools/a.ts', 'export const t = new Date(0);')).toEqual([]);
  });

  it('the environment', () => {
    expect(complaints('shared/platform/mcp/a.ts', 'export const a = process.env.A;')).toEqual([
      'shared/platform/mcp/a.ts:1 reads process.env: read it in shared/settings.ts and hand it on.',
    ]);
  });

  it.each([
    'caller.permissions.has(tool.permission)',
    'allowed.has(tool.permission)',
    'table[role]?.includes(permission)',
    'permissions.indexOf(needed)',
    'granted.some((one) => one === permission)',
    "tool.permission !== 'x'",
    'permission in table',
  ])('comparing permissions as in %s', (what) => {
    const text = `export const may = ${what};`;
    expect(complaints('shared/platform/mcp/a.ts', text)).toEqual([
      expect.stringMatching(
        /^shared\/platform\/mcp\/a\.ts:1 compares permissions: .*: ask shared\/platform\/access\/exposure\.ts/,
      ),
    ]);
    expect(complaints('shared/platform/access/exposure.ts', text)).toEqual([]);
  });

  it('handing permissions on is no comparison', () => {
    const text =
      'export const key = [caller.permissions, tool.permission ?? "none", permission === undefined, new Set(permissions)];';
    expect(complaints('shared/platform/mcp/a.ts', text)).toEqual([]);
  });

  it('permissions are compared where it is decided, and in the table', () => {
    expect(rooms.filter((room) => house[room]?.permissions)).toEqual([
      'shared/contoso/access',
      'shared/platform/access/exposure.ts',
    ]);
  });

  it('a circle, of types as well', () => {
    const files = [
      readSource('seed/a.ts', "import type { B } from './b.ts';"),
      readSource('seed/b.ts', "import type { C } from './c.ts';"),
      readSource('seed/c.ts', "import type { A } from './a.ts';"),
      readSource('seed/d.ts', "import type { A } from './a.ts';"),
    ];
    expect(complaintsOf(files, aliases)).toEqual([
      'seed/a.ts imports itself by way of seed/b.ts → seed/c.ts → seed/a.ts; types count, too.',
    ]);
  });
});
