// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'c40784084ad5f71ec64a376359d3468d0ba9845f3ec89a5c58d798b9a9aae243';

/** Of each page. */
export const digests = {
  usage: 'e7d9028dd9a4192b',
} as const;
