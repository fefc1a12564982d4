import { attempted } from './attempts.ts';

/** Something that can be measured again and again. */
export interface Subject<Sample> {
  readonly name: string;
  measure(): Promise<Sample>;
}

/** How often a sample is taken when that fails. */
const attempts = 3;

/**
 * Measures all subjects in every round, each round in another order, so that whatever disturbs the machine for a while
 * disturbs all of them alike. The first round warms up and is not counted.
 * @returns the samples by subject name, one per round
 * @throws what a sample fails with three times
 */
export async function interleave<Sample>(
  subjects: readonly Subject<Sample>[],
  rounds: number,
  onRound: (round: number) => void = () => {},
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    onRound(round);
    for (const { name, measure } of rotated(subjects, round)) {
      const sample = await attempted(attempts, () => {}, measure);
      if (round > 0) {
        samples.get(name)?.push(sample);
      }
    }
  }
  return samples;
}

/** The same items, beginning with another one. */
export function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const start = by % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}
