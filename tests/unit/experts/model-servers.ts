export const azure = {
  AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com',
  AZURE_OPENAI_CHAT_DEPLOYMENT: 'gpt',
};

export const resource = 'https://x.openai.azure.com';

export const other = (OPENAI_BASE_URL: string) => ({ OPENAI_BASE_URL, OPENAI_CHAT_MODEL: 'm' });
