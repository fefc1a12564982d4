import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectBackups } from '#doctor/collect/backups';
import { collectPeople } from '#doctor/collect/people';
import { collectRelease } from '#doctor/collect/release';
import { collectSwitches } from '#doctor/collect/switches';
import { tableFile, writeManifest } from '../../../scripts/backup/manifest.ts';
import { contentOf, linesOf } from '../../../scripts/backup/table-file.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'doctor-'));
});
afterEach(() => rm(root, { recursive: true }));

const startedAt = '2026-11-01T00:00:00.000Z';
const now = Date.parse('2026-11-04T00:00:00.000Z');

/** A back-up of one table. */
async function backupIn(folder: string, finishedAt?: string): Promise<string> {
  const dir = path.join(root, folder);
  await mkdir(dir);
  const file = tableFile(dir, 'Accounts');
  await writeFile(file, '["a","b",{}]\n');
  const tables = { Accounts: await contentOf(linesOf(file)) };
  await writeManifest(dir, {
    ...{ format: 1, tenant: 'contoso', startedAt, tables },
    ...(finishedAt !== undefined && { finishedAt }),
  });
  return file;
}

describe('the back-ups of a folder', () => {
  it('are found, with their ages', async () => {
    await backupIn('monday', '2026-11-02T00:00:00.000Z');
    await mkdir(path.join(root, 'something else'));
    expect(await collectBackups(root, now)).toEqual({
      value: [{ folder: 'monday', tenant: 'contoso', days: 2, problem: undefined }],
    });
  });

  it('are broken when they were not finished, or a table was changed', async () => {
    await backupIn('begun');
    await appendFile(await backupIn('changed', startedAt), '["a","c",{}]\n');
    expect(await collectBackups(root, now)).toMatchObject({
      value: [
        { folder: 'begun', problem: 'it was begun and not finished' },
        { folder: 'changed', problem: 'its table Accounts is not as it was written' },
      ],
    });
  });

  it('are not looked for where nobody asks, and a folder that is not there is a problem', async () => {
    expect(await collectBackups(undefined, now)).toHaveProperty('missing');
    expect(await collectBackups(path.join(root, 'none'), now)).toHaveProperty('problem');
  });
});

it('a release that nobody has signed is a problem, and none is looked for where nobody asks', async () => {
  expect(await collectRelease(undefined)).toHaveProperty('missing');
  expect(await collectRelease({ folder: root, key: path.join(root, 'none') })).toHaveProperty('problem');
});

it('what is switched off is asked of storage only where a running service is looked at', async () => {
  const environment = { value: { DATA_STORAGE: 'UseDevelopmentStorage=true' } };
  expect(await collectSwitches({ missing: 'No token.' }, environment)).toEqual({ missing: 'No token.' });
  expect(await collectSwitches({ value: 1 }, { missing: 'No settings.' })).toEqual({
    missing: 'No settings.',
  });
});

it('who has an account is asked of storage only where the service has the accounts, and is looked at', async () => {
  const running = { value: 1 };
  const DATA_STORAGE = 'UseDevelopmentStorage=true';
  const own = { value: { DATA_STORAGE, SIGN_IN: 'own' } };
  expect(await collectPeople({ missing: 'No token.' }, own)).toEqual({ missing: 'No token.' });
  expect(await collectPeople(running, { value: { DATA_STORAGE } })).toHaveProperty('missing');
  expect(await collectPeople(running, { value: { SIGN_IN: 'own' } })).toHaveProperty('problem');
});
