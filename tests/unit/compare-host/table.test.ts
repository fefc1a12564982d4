import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Compared } from '../../../scripts/compare-host/compare.ts';
import { fidelityPage, pageRow, pageRows, pageWith } from '../../../scripts/compare-host/page.ts';
import { requestRows } from '../../../scripts/compare-host/table/index.ts';
import { projectDir } from '../../../scripts/lib/project-dir.ts';

const page = readFileSync(path.join(projectDir, fidelityPage), 'utf8');
const names = requestRows.map(({ name }) => name);
const withoutTable = (text: string) => text.replace(/<!-- The table.*?<!-- to here -->/s, '');
const lineOf = (text: string, name: string) => text.split('\n').find((line) => line.startsWith(`| ${name} `));

it('every row has a name of its own, and something that is sent and looked at', () => {
  expect(names.filter((name, index) => name === '' || names.indexOf(name) !== index)).toEqual([]);
  const empty = requestRows.filter(({ sends, compares }) => sends.length === 0 || compares.length === 0);
  expect(empty).toEqual([]);
});

it('every row asks at least what the real host was asked first, with a reason for what is left different', () => {
  expect(names.length).toBeGreaterThan(75);
  const reasons = requestRows.flatMap(({ decided = [] }) => decided.map(({ why }) => why));
  expect(reasons.filter((why) => why.trim() === '')).toEqual([]);
});

it('a row is of one request, or says how its requests go together', () => {
  const odd = requestRows.filter(
    ({ kind, sends }) => (kind === 'request') !== (sends.length === 1 && kind !== 'stream'),
  );
  expect(odd.map(({ name }) => name)).toEqual([]);
});

it('the page has the rows of the table, in its order, and each says when it was seen', () => {
  const rows = pageRows(page);
  expect(rows.map(({ name }) => name)).toEqual(names);
  expect(rows.filter(({ real, seen }) => seen === '' && real !== 'not asked yet')).toEqual([]);
});

it('what is left different has a reason on the page', () => {
  const different = pageRows(page).filter(({ local }) => local !== '' && !local.startsWith('the same'));
  expect(different.filter(({ local }) => !/: \S/.test(local))).toEqual([]);
  expect(different.length).toBeGreaterThan(0);
});

it('a page that is written anew keeps what nobody asked', () => {
  const asked = { name: 'GET /health/live', real: '200', local: 'the same', seen: '2027-01-02, host 5' };
  const next = pageWith(page, requestRows, [asked]);
  expect(pageRows(next)).toEqual(pageRows(page).map((row) => (row.name === asked.name ? asked : row)));
  expect(lineOf(next, 'GET /mcp')).toMatch(/\d{4}-\d\d-\d\d, host \d/);
  expect(withoutTable(next)).toBe(withoutTable(page));
});

const { note: _, ...row } = requestRows.find(({ name }) => name === 'GET /') as Compared['row'];

it('a difference goes into the page with its reason', () => {
  const differences = [{ part: 'status', real: '200', local: '204', why: 'it was switched off' }] as const;
  expect(pageRow(row, { real: '200', local: '204', differences }, 'today, host 5')).toEqual({
    name: 'GET /',
    real: '200',
    local: '204: it was switched off',
    seen: 'today, host 5',
  });
});

it('what is known of a row stands beside what was seen', () => {
  const result = { real: '200', local: '200', differences: [] };
  expect(pageRow({ ...row, note: 'not compressed' }, result, 'today').real).toBe('200: not compressed');
});

it('no page has a difference without a reason', () => {
  const differences = [{ part: 'body', real: 'a', local: 'b', why: undefined }] as const;
  expect(() => pageRow(row, { real: '200', local: '200', differences }, 'today')).toThrow(
    '"GET /" differs in its body, and nobody has said why.',
  );
});
