import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first: begun last, one of them would keep a single processor busy at the end. */
const long = [
  'tests/commands/documents.test.ts',
  'tests/commands/extending/extending.test.ts',
  'tests/commands/mutate-policies.test.ts',
  'tests/commands/every-command.test.ts',
];

/** Vitest's own order knows the sizes of files, and how long they took here before; a clean checkout has no such memory. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((file) => moduleId.endsWith(file));
      return place < 0 ? long.length : place;
    };
    return [...others].sort((one, other) => rank(one) - rank(other));
  }
}
