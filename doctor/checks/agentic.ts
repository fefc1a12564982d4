import { counted } from '#platform/counted';
import { askToolOf } from '#platform/experts/definition';
import { describeOffers } from '#platform/offers';
import { readModel } from '#platform/settings/model';
import { deployed } from '../../shared/deployed.ts';
import { fail, pass, skipped, warn } from '../finding.ts';
import { budgetsFit } from './budgets.ts';
import { type Check, fromSettings, given, names } from './check.ts';
import { modelAnswers } from './model-answers.ts';

/** Most tools that one expert should choose from: more of them cost tokens and wrong choices. */
const mostToolsPerDomain = 15;

/** Tools that experts have besides the business's: those that start jobs, and those that read them later. */
const ofJobs = describeOffers(deployed)
  .tools.map(({ thing }) => thing.name)
  .filter((name) => !deployed.tools.some((tool) => tool.name === name));

const domainsComplete: Check = {
  id: 'agentic.domains',
  group: 'Agentic',
  title: 'Each expert knows a small set of tools that exist',
  judge: ({ tools }) => {
    const known = [...tools.map(({ name }) => name), ...ofJobs];
    for (const { domain, tools: own } of deployed.experts) {
      const askTool = askToolOf(domain);
      const unknown = own.filter((name) => !known.includes(name));
      if (unknown.length > 0) {
        return fail(
          `${askTool} names ${names(unknown)}, which do not exist.`,
          `Mend the list of its tools in shared/${deployed.name}.`,
        );
      }
      if (own.length > mostToolsPerDomain) {
        return warn(
          `${askTool} chooses from ${counted(own.length, 'tool')}.`,
          'Split the domain: experts with few tools choose better.',
        );
      }
    }
    return pass(
      `${counted(deployed.experts.length, 'expert')}, each with at most ${mostToolsPerDomain} tools.`,
    );
  },
};

const modelConfigured: Check = {
  id: 'agentic.model',
  group: 'Agentic',
  title: 'The experts have a language model',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const model = readModel(env);
      return model.kind === 'offline'
        ? warn(
            'No language model is configured: the experts follow offline playbooks, and say so.',
            'Set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_CHAT_DEPLOYMENT.',
          )
        : pass(`${model.kind === 'azure' ? model.chatDeployment : model.chatModel} answers.`);
    }),
};

/** Chat requests know max_completion_tokens since (Azure/azure-rest-api-specs, pull request 30909, 2024-10-08). */
const firstVersion = '2024-09-01';

const modelVersion: Check = {
  id: 'agentic.model-version',
  group: 'Agentic',
  title: 'The version of Azure OpenAI knows what the experts ask for',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const model = readModel(env);
      if (model.kind !== 'azure') {
        return skipped('No model of Azure OpenAI is configured.');
      }
      const { apiVersion } = model;
      return apiVersion === 'v1' || apiVersion.slice(0, firstVersion.length) >= firstVersion
        ? pass(`${apiVersion} does.`)
        : fail(
            `AZURE_OPENAI_API_VERSION is ${apiVersion}, which is too old: max_completion_tokens came with ${firstVersion}-preview.`,
            'Leave AZURE_OPENAI_API_VERSION out, for v1, or set 2024-10-21 or later.',
          );
    }),
};

const modelByIdentity: Check = {
  id: 'agentic.model-identity',
  group: 'Agentic',
  title: 'Azure OpenAI is reached with the managed identity',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const model = readModel(env);
      return model.kind === 'azure' && model.apiKeys !== undefined
        ? warn(
            'AZURE_OPENAI_API_KEY is set: a key that can leak.',
            'Give the app’s identity the role "Cognitive Services OpenAI User", and remove the key.',
          )
        : pass('There is no key of Azure OpenAI in the settings.');
    }),
};

const expertsListed: Check = {
  id: 'agentic.experts',
  group: 'Agentic',
  title: 'The agentic endpoint offers the experts',
  judge: ({ live }) =>
    given(live.agenticTools, (listed) => {
      const shown = listed.map(({ name }) => name);
      const missing = deployed.experts
        .map(({ domain }) => askToolOf(domain))
        .filter((name) => !shown.includes(name));
      return missing.length === 0
        ? pass(`It offers ${names(shown)}.`)
        : fail(
            `It does not offer ${names(missing)}.`,
            'Use a token whose role has experts.ask, such as query.',
          );
    }),
};

export const agenticChecks: readonly Check[] = [
  domainsComplete,
  modelConfigured,
  modelVersion,
  modelAnswers,
  modelByIdentity,
  budgetsFit,
  expertsListed,
];
