import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checklist } from '../../doctor/checks/index.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { readFile } from './reading/tree.ts';

const [, section = ''] = readFile('docs/security-model.md').split('\n## What a security team asks\n');
const rows = (section.split('\n## ')[0] ?? '')
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
/** A file that runs in both names them, or what stands for them. */
const bothEras = /\beras\b|2025-11-25[\s\S]*2026-07-28|2026-07-28[\s\S]*2025-11-25|2025 era[\s\S]*2026 era/;

describe.each(
  rows.map(([, question, page, items, both, others]) => ({ question, page, items, both, others })),
)('$question', ({ page, items, both, others }) => {
  it('has a page, items of the doctor, and tests', () => {
    expect(page).toMatch(/^\[[^\]]+\]\([^)]+\)$/);
    const known = checklist.map(({ id }) => id);
    expect(codes(items)).not.toEqual([]);
    expect(codes(items).filter((id) => !known.includes(id))).toEqual([]);
    const files = [...codes(both), ...codes(others)];
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(path.join(projectDir, file)))).toEqual([]);
  });

  it('has tests in both generations of the protocol, where it says so', () => {
    expect(codes(both).filter((file) => !bothEras.test(readFile(file)))).toEqual([]);
  });
});

it('leaves out the protocol only where it has no part', () => {
  expect(rows.filter((cells) => cells[4] === '').map((cells) => cells[1])).toEqual([
    'What is it made of, and who built it?',
    'Can it be restored?',
  ]);
});
