import { runCommand } from '../../../scripts/command-line/run-command.ts';
import { UsageError } from '../../../scripts/command-line/usage-error.ts';
import type { Control } from './control.ts';
import { controls } from './controls.ts';

const usage = `Switches off every control of the sign-in, one at a time, and tells whether the attacks that it refuses notice.
A person must be able to sign in all the same: else it is not the control that is missing.

  npm run mutate:sign-in -- [--list] [--only TEXT …] [--every N]

  --list        only tells which there are
  --only TEXT   those with this text in their name, or in that of a file; again, for those with another text besides
  --every N     only every Nth, for a shorter run`;

const options = {
  list: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true },
  every: { type: 'string', default: '1' },
} as const;

const namesOf = ({ control, changes }: Control) => [control, ...changes.map(({ file }) => file)].join('\n');

await runCommand({ usage, options }, async ({ list, only, every }) => {
  if (!/^[1-9]\d*$/.test(every)) {
    throw new UsageError(`--every is "${every}"; it must be a whole number above 0.`);
  }
  const named = (only ?? ['']).map((text) => controls.filter((control) => namesOf(control).includes(text)));
  const missing = named.findIndex(({ length }) => length === 0);
  if (missing >= 0) {
    throw new UsageError(`No control has "${only?.[missing]}" in its name; --list tells them.`);
  }
  const chosen = [...new Set(named.flat())].filter((_, index) => index % Number(every) === 0);
  if (list) {
    for (const { control, changes } of chosen) {
      console.log(`${changes[0]?.file}: ${control}`);
    }
    return 0;
  }
  const { mutate } = await import('./missed-controls.ts');
  return await mutate(chosen);
});
