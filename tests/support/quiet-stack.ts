import type { StackOptions } from '#emulators/stack/options';

/** A local stack on a free port, with its data in memory, that says nothing. */
export const quietStack: StackOptions = {
  port: 0,
  ephemeral: true,
  pooled: true,
  dataStorage: undefined,
  report: { step: () => {}, progress: () => {}, done: () => {} },
  onHostLine: () => {},
};
