import { domainDefinitions } from '#contoso/experts/domains';
import { readModel } from '#platform/settings/model';
import { fail, pass, warn } from '../finding.ts';
import { type Check, fromSettings, given, names } from './check.ts';

/** Most tools that one expert should choose from: more of them cost tokens and wrong choices. */
const mostToolsPerDomain = 15;

/** A tool of the other endpoint that an expert may use too. */
const longJob = 'trouble_shoot_device';

const domainsComplete: Check = {
  id: 'agentic.domains',
  group: 'Agentic',
  title: 'Each expert knows a small set of tools that exist',
  judge: ({ tools }) => {
    const known = [...tools.map(({ name }) => name), longJob];
    for (const { askTool, tools: own } of Object.values(domainDefinitions)) {
      const unknown = own.filter((name) => !known.includes(name));
      if (unknown.length > 0) {
        return fail(
          `${askTool} names ${names(unknown)}, which do not exist.`,
          'Mend shared/contoso/experts/domains.ts.',
        );
      }
      if (own.length > mostToolsPerDomain) {
        return warn(
          `${askTool} chooses from ${own.length} tools.`,
          'Split the domain: experts with few tools choose better.',
        );
      }
    }
    return pass(
      `${Object.keys(domainDefinitions).length} experts, each with at most ${mostToolsPerDomain} tools.`,
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

const modelByIdentity: Check = {
  id: 'agentic.model-identity',
  group: 'Agentic',
  title: 'Azure OpenAI is reached with the managed identity',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const model = readModel(env);
      return model.kind === 'azure' && model.apiKey !== undefined
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
      const missing = Object.values(domainDefinitions)
        .map(({ askTool }) => askTool)
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
  modelByIdentity,
  expertsListed,
];
