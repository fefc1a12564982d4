import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Compared } from './compare.ts';

interface Row {
  readonly what: string;
  readonly why: string | undefined;
  readonly local: TestCase | undefined;
  readonly real: TestCase | undefined;
}

/** Prints, after a run, in what the two engines were the same, and in what they are left different. */
export default class Report implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = rowsOf(modules.flatMap((module) => [...module.children.allTests()]));
    const compared = rows.filter(({ local, real }) => isRun(local) && isRun(real));
    const same = compared.filter(({ why }) => why === undefined);
    const different = compared.filter(({ why }) => why !== undefined);
    const good = (row: Row) => passed(row.local) && passed(row.real);
    console.log();
    for (const row of same) {
      console.log(`${good(row) ? 'same     ' : 'NOT SAME '} ${row.what}${timesOf(row)}`);
    }
    for (const row of different) {
      const how = good(row) ? 'different' : 'NOT SO   ';
      console.log(`${how} ${row.what}${timesOf(row)}: ${row.why}`);
    }
    const decided = different.filter(good).length;
    if (compared.length === 0) {
      console.log(
        'The Durable extension was not run: the SDK of .NET 10 is missing, or DURABLE_EXTENSION is off.',
      );
      return;
    }
    console.log(
      `${same.filter(good).length} of ${same.length} the same; ${decided} of ${different.length} different as decided`,
    );
  }
}

function rowsOf(tests: readonly TestCase[]): Row[] {
  const found = tests.flatMap((test) => {
    const compared = test.meta().compared;
    return compared === undefined ? [] : [{ ...compared, test }];
  });
  const of = (what: string, engine: Compared['engine']) =>
    found.find((one) => one.what === what && one.engine === engine)?.test;
  const names = [...new Set(found.map(({ what }) => what))];
  return names.map((what) => ({
    what,
    why: found.find((one) => one.what === what)?.why,
    local: of(what, 'local'),
    real: of(what, 'real'),
  }));
}

const isRun = (test: TestCase | undefined) => ['passed', 'failed'].includes(test?.result().state ?? '');
const passed = (test: TestCase | undefined) => test?.result().state === 'passed';

/** For example ` (real 21.4 s, local 8.0 s)`. */
function timesOf({ local, real }: Row): string {
  const seconds = (test: TestCase | undefined) =>
    (test?.meta().compared?.took ?? []).map((took) => `${(took / 1000).toFixed(1)} s`).join(' and ');
  return seconds(real) === '' ? '' : ` (real ${seconds(real)}; local ${seconds(local)})`;
}
