import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { alertRules } from '../../../scripts/docs/alerts-file.ts';

const page = readFileSync(path.join(projectDir, 'docs/operations.md'), 'utf8');
const rules = alertRules(page);

describe('the alert rules', () => {
  it('are those of the table, each number with one or more', () => {
    const numbers = [...page.matchAll(/^\| (\d+) \| /gm)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(10);
    expect([...new Set(rules.map(({ number }) => number))].sort((one, other) => one - other)).toEqual(
      numbers,
    );
  });

  it('have names of their own, which a resource may have', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9-]{3,80}$/.test(id))).toEqual([]);
  });

  it('ask where their table is', () => {
    const scopes = new Map(rules.map(({ table, scope }) => [table, scope]));
    expect(scopes.get('customMetrics')).toBe('app');
    expect(scopes.get('StorageTableLogs')).toBe('workspace');
  });

  it('look at two bins of their query, so that one of them is whole', () => {
    const [rule] = alertRules(
      '```kql\n// 1 some\nrequests | summarize calls = count() by bin(timestamp, 1h)\n```',
    );
    expect(rule).toMatchObject({ id: '1-some', table: 'requests', window: 'PT2H' });
  });

  it('with bins that no rule has are refused', () => {
    expect(() =>
      alertRules('```kql\n// 1 some\nrequests | summarize count() by bin(timestamp, 3m)\n```'),
    ).toThrow('docs/operations.md, alert 1');
  });

  it('leave out what is no alert', () => {
    expect(alertRules('```kql\n// a report: everything of one id\ntraces\n```')).toEqual([]);
  });
});
