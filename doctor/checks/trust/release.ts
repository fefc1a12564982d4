import { counted } from '#platform/counted';
import { pass } from '../../finding.ts';
import { type Check, given } from '../check.ts';

export const releaseIsSigned: Check = {
  id: 'operations.release',
  group: 'Operations',
  title: 'What is deployed is what was built and signed',
  judge: ({ release }) =>
    given(release, (files) =>
      pass(`${counted(files.length, 'file')} of the release are as their builder signed them.`),
    ),
};
