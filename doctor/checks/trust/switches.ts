import type { SwitchRecord } from '#platform/storage/switch-store';
import { pass, warn } from '../../finding.ts';
import { type Check, given, names } from '../check.ts';

export const nothingIsOff: Check = {
  id: 'operations.switches',
  group: 'Operations',
  title: 'It can be read what is switched off, and nothing was forgotten',
  judge: ({ switches }) =>
    given(switches, (off) =>
      off.length === 0
        ? pass('It can be read, and nothing is switched off.')
        : warn(
            `Switched off: ${names(off.map(sentence))}.`,
            'When its reason is over, switch it on again: npm run switch.',
          ),
    ),
};

/** Its reason is a text of whoever switched it, and may say more than a report should. */
function sentence({ tenant, what, since }: SwitchRecord): string {
  return `${what} for ${tenant ?? 'all tenants'}, since ${since}`;
}
