import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { businessTools } from '../../../shared/tools/index.ts';

const root = new URL('../../../', import.meta.url);
const tested = new Set(readdirSync(new URL('tests/integration/tools/', root)));
const sources = new Set(
  readdirSync(new URL('shared/tools/', root), { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replace(/^.*[\\/]/, ''),
  ),
);

test.each(businessTools.map((tool) => tool.name))(
  '%s has a source file and a test file of its name',
  (name) => {
    const file = name.replaceAll('_', '-');
    expect(sources).toContain(`${file}.ts`);
    expect(tested).toContain(`${file}.test.ts`);
  },
);
