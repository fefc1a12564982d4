/** The scope and the authority of tokens for models, by cloud. */
export const publicIdentity = {
  scope: 'https://cognitiveservices.azure.com/.default',
  authority: 'https://login.microsoftonline.com',
};

export const governmentIdentity = {
  scope: 'https://cognitiveservices.azure.us/.default',
  authority: 'https://login.microsoftonline.us',
};
