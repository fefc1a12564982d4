import { live, settings, spare, trial } from '../spoils.ts';

import { type Fault, otherTools, typed } from './fault.ts';

export const agenticFaults: readonly Fault[] = [
  ['agentic.domains', (evidence) => ({ ...evidence, tools: otherTools }), 'fail', /names get_all_customers/],
  ['agentic.model', settings({ AZURE_OPENAI_ENDPOINT: undefined }), 'warn', /offline playbooks/],
  [
    'agentic.model',
    settings({ AZURE_OPENAI_CHAT_DEPLOYMENT: '' }),
    'fail',
    /AZURE_OPENAI_CHAT_DEPLOYMENT is not/,
  ],
  [
    'agentic.model-version',
    settings({ AZURE_OPENAI_API_VERSION: '2024-08-01-preview' }),
    'fail',
    /2024-08-01-preview, which is too old: max_completion_tokens/,
  ],
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-02-01' }), 'fail', /too old/],
  ['agentic.model-answers', trial({ answered: false }), 'fail', /no answer that could be used, in 2 turns/],
  ['agentic.model-answers', trial({ calledTool: false }), 'warn', /without calling the tool/],
  [
    'agentic.model-answers',
    spare({ answered: false }),
    'fail',
    /^The second model, spare: chat came to no answer/,
  ],
  [
    'agentic.model-answers',
    (evidence) => ({ ...evidence, model: { problem: 'It refuses. (status 400, refused tools)' } }),
    'fail',
    /refused tools/,
  ],
  [
    'agentic.budgets',
    settings({ QUESTIONS_PER_USER: '20', QUESTIONS_PER_TENANT: '10' }),
    'warn',
    /20 questions a day, and all users of a tenant together only 10/,
  ],
  ['agentic.budgets', settings({ TOKENS_PER_USER: 'few' }), 'fail', /TOKENS_PER_USER is "few"/],
  ['agentic.budgets', settings({ MODEL_PRICES: 'cheap' }), 'fail', /MODEL_PRICES is not JSON/],
  ['agentic.model-identity', settings({ AZURE_OPENAI_API_KEY: 'key' }), 'warn', /can leak/],
  [
    'agentic.experts',
    live('agenticTools', typed('ask_billing_expert')),
    'fail',
    /not offer ask_account_expert/,
  ],
];
