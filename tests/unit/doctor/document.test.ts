import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checklist } from '#doctor/checks/index';
import { projectDir } from '#scripts/lib/project-dir';

it('the documented checklist has the items of the command, in their order', () => {
  const text = readFileSync(path.join(projectDir, 'docs/adoption-checklist.md'), 'utf8');
  const documented = [...text.matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, id]) => id);
  expect(documented).toEqual(checklist.map(({ id }) => id));
});
