import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectCopy } from './project-copy.ts';

interface Forgotten {
  /** As the guide's table calls it. */
  readonly what: string;
  /** Files that `forget` changes. */
  readonly files: readonly string[];
  forget(copy: ProjectCopy): void;
}

const incidents = 'shared/contoso/tools/subscriptions/get-service-incidents.ts';

/** Takes out the one line of a file that contains this text. */
function withoutLine(what: string, file: string, text: string): Forgotten {
  return {
    what,
    files: [file],
    forget(copy) {
      const line = copy
        .read(file)
        .split('\n')
        .filter((one) => one.includes(text));
      if (line.length !== 1) {
        throw new Error(`${file} has ${line.length} lines with ${text}`);
      }
      copy.change(file, `${line[0]}\n`, '');
    },
  };
}

/** What a person may leave out by hand; the checks that need no storage tell. */
export const forgottenByHand: readonly Forgotten[] = [
  withoutLine('a tool in the list', 'shared/contoso/tools/index.ts', '  getLoyaltyPoints,'),
  {
    what: "a tool's test",
    files: ['tests/integration/tools/subscriptions/get-service-incidents.test.ts'],
    forget: ({ dir }) =>
      rmSync(path.join(dir, 'tests/integration/tools/subscriptions/get-service-incidents.test.ts')),
  },
  withoutLine("a tool's example call", incidents, '  example:'),
  {
    what: 'a permission',
    files: [incidents],
    forget: (copy) => copy.change(incidents, "'subscriptions.read'", "'incidents.read'"),
  },
  {
    what: "a permission's role",
    files: ['shared/contoso/access/permissions.ts'],
    forget: (copy) =>
      copy.change('shared/contoso/access/permissions.ts', "'loyalty.read'", "'loyalty.manage'"),
  },
  {
    what: 'an expert in the list',
    files: ['shared/contoso/experts/roaming.ts'],
    forget(copy) {
      const written = copy
        .read('shared/contoso/experts/network.ts')
        .replace('const network', 'const roaming');
      writeFileSync(path.join(copy.dir, 'shared/contoso/experts/roaming.ts'), written);
    },
  },
  withoutLine("an expert's evaluation", 'evals/cases/index.ts', '...networkCases'),
  withoutLine("a tool's sentence for those who wait", incidents, '  progress:'),
];

const expertsPage = 'docs/experts.md';

/** The page names the expert once. */
export const forgottenPage = withoutLine("an expert's page", expertsPage, 'ask_network_expert');
