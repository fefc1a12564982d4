import { beforeAll, beforeEach } from 'vitest';
import type { Principal } from '#platform/identity/principal';
import { type JobDesk, openJobDesk } from './job-desk.ts';

/** What `its.desk` and `its.ada` are while a test runs. */
export interface OfTheTest {
  readonly desk: JobDesk;
  readonly ada: Principal;
}

/** One desk for the file, and a new user for each test: everybody's jobs are apart. */
export function useJobDesk(): OfTheTest {
  const its: { -readonly [Name in keyof OfTheTest]?: OfTheTest[Name] } = {};
  let users = 0;
  beforeAll(async () => {
    its.desk = await openJobDesk();
  });
  beforeEach(() => {
    users += 1;
    if (its.desk) {
      its.ada = { ...its.desk.ada, user: `directory:ada${users}` };
    }
  });
  return its as OfTheTest;
}
