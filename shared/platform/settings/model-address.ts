import { cloudOfHost } from '../identity/clouds.ts';
import { SettingsError } from './read.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * What portals and documents put behind the address of a resource. Project: a Foundry project speaks other protocols;
 * its resource serves the same deployments under `/openai/v1`
 * (https://learn.microsoft.com/azure/foundry/how-to/develop/sdk-overview, read 2026-11-28).
 */
const behindResource = [
  /\/openai\/v1(?:\/(?:chat\/completions|embeddings|responses|models))?$/,
  /\/openai\/deployments\/[^/]+(?:\/(?:chat\/completions|embeddings))?$/,
  /\/openai(?:\/responses)?$/,
  /\/models(?:\/chat\/completions|\/embeddings)?$/,
  /\/api\/projects\/[^/]+$/,
];

/**
 * The address of an Azure OpenAI or Foundry resource, or of a gateway in front of it, without what is known to stand
 * behind it.
 * @param deployment the one of the settings; another one in the address is refused
 */
export function azureResource(name: string, value: string, deployment: string): string {
  const form = 'the address of the resource, such as https://NAME.openai.azure.com';
  const url = checkedUrl(name, value, form);
  const inPath = /\/deployments\/([^/]+)(?!.*\/embeddings$)/.exec(url.pathname)?.[1];
  if (inPath !== undefined && decodeURIComponent(inPath) !== deployment) {
    throw new SettingsError(
      `${name} names the deployment ${inPath}, and ${name.replace('ENDPOINT', 'CHAT_DEPLOYMENT')} is "${deployment}"; make them agree.`,
    );
  }
  const path = stripped(url.pathname, behindResource);
  url.searchParams.delete('api-version');
  // A gateway may have a path of its own; a resource of Azure has none.
  const isWrong =
    path !== '' && cloudOfHost(url.hostname) !== undefined && !/\.azure-api\./.test(url.hostname);
  if (url.search !== '' || isWrong) {
    throw wrong(name, value, form);
  }
  return `${url.origin}${path}`;
}

const operations = [/\/(?:chat\/completions|completions|embeddings|responses|models)$/];

/** The address of a server that speaks the OpenAI protocol, up to and including the version. */
export function compatibleBase(name: string, value: string): string {
  const url = checkedUrl(name, value, 'an address such as https://models.example.com/v1');
  if (url.search !== '') {
    throw wrong(name, value, 'an address such as https://models.example.com/v1');
  }
  const path = stripped(url.pathname, operations);
  // Ollama has a protocol of its own beside this one.
  if (/^(?:\/api\/(?:chat|generate|embed))?$/.test(path)) {
    throw wrong(name, value, `the address up to and including the version, such as ${url.origin}/v1`);
  }
  if (/\/openai\/deployments\//.test(path)) {
    throw new SettingsError(
      `${name} is the address of a deployment of Azure OpenAI; set AZURE_OPENAI_ENDPOINT=${url.origin} and AZURE_OPENAI_CHAT_DEPLOYMENT instead.`,
    );
  }
  return `${url.origin}${path}`;
}

/** Questions about records, and the key, do not leave this machine unencrypted. */
function checkedUrl(name: string, value: string, form: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.includes(url.hostname));
  if (!isSafe || url.hash !== '') {
    throw wrong(name, value, form);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SettingsError(`${name} has a user in it; it must be ${form}.`);
  }
  return url;
}

function wrong(name: string, value: string, form: string): SettingsError {
  return new SettingsError(`${name} is "${value}"; it must be ${form}.`);
}

function stripped(path: string, endings: readonly RegExp[]): string {
  const bare = path.replace(/\/+$/, '');
  const ending = endings.find((one) => one.test(bare));
  return ending === undefined ? bare : stripped(bare.replace(ending, ''), endings);
}
