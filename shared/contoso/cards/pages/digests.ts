// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '31b562b5fa49884db02c71a96e96a55c704b33f783dd9e60c4781d9b6e41f773';

/** Of each page. */
export const digests = {
  answer: 'e23eafb5d746f368',
  approval: '1c363db5bf0da695',
  billing: 'b7214e7b92c3720d',
  diagnosis: '4393ef53806e89e7',
  service: '8e1a36b63608453f',
  usage: '3afbb2fb58eaf4f8',
} as const;
