// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'a61d47f628b9bfb7a000705b399c4aff7f6c25d8b9bd65f7b12fa4c900093806';

/** Of each page. */
export const digests = {
  answer: 'e97da78976144d37',
  approval: '0d9c35807f5e573d',
  billing: '2c730043dab4f782',
  diagnosis: '4393ef53806e89e7',
  service: 'da9ba8a56cede51e',
  usage: '588aaf6aba81b951',
} as const;
