/** One of Microsoft's clouds. They share nothing: each has identities, addresses and tokens of its own. */
export interface Cloud {
  readonly name: string;
  /** Address of its Entra ID, as its v2 tokens name it. */
  readonly authority: string;
  /** Addresses under which the same Entra ID answers, and that no v2 token names. */
  readonly aliases: readonly string[];
  /** What its v1 tokens name instead. */
  readonly v1Issuer: string;
  /** How the host names of its resources end. */
  readonly hosts: readonly string[];
  /** Scope of tokens for Azure OpenAI; undefined where Microsoft names none. */
  readonly modelScope: string | undefined;
}

/**
 * Issuers: https://learn.microsoft.com/answers/questions/1190472 (read 2026-11-28); the authority of China was
 * login.chinacloudapi.cn before, and tokens name the new one (https://github.com/jenkinsci/azure-ad-plugin/issues/679,
 * 2025-03-26). Scopes: `AzureOpenAIAudience` of Azure's SDK for .NET, which knows these two (read 2026-11-28).
 */
export const clouds = {
  public: {
    name: 'the public cloud',
    authority: 'https://login.microsoftonline.com',
    aliases: ['https://login.microsoft.com', 'https://login.windows.net', 'https://sts.windows.net'],
    v1Issuer: 'https://sts.windows.net',
    hosts: ['.azure.com', '.microsoft.com', '.azure-api.net'],
    modelScope: 'https://cognitiveservices.azure.com/.default',
  },
  government: {
    name: 'Azure Government',
    authority: 'https://login.microsoftonline.us',
    aliases: ['https://login-us.microsoftonline.com', 'https://login.usgovcloudapi.net'],
    v1Issuer: 'https://sts.windows.net',
    hosts: ['.azure.us', '.microsoft.us', '.azure-api.us'],
    modelScope: 'https://cognitiveservices.azure.us/.default',
  },
  china: {
    name: 'Azure China',
    authority: 'https://login.partner.microsoftonline.cn',
    aliases: ['https://login.chinacloudapi.cn', 'https://sts.chinacloudapi.cn'],
    v1Issuer: 'https://sts.chinacloudapi.cn',
    hosts: ['.azure.cn', '.azure-api.cn'],
    modelScope: undefined,
  },
} as const satisfies Record<string, Cloud>;

const all: readonly Cloud[] = Object.values(clouds);

/** The cloud whose Entra ID this is; undefined for any other identity provider. */
export function cloudOfAuthority(authority: string): Cloud | undefined {
  return all.find((cloud) => cloud.authority === authority);
}

/** The cloud that has this address as an alias: tokens of it name another one. */
export function cloudOfAlias(address: string): Cloud | undefined {
  return all.find(({ aliases }) => aliases.includes(address));
}

/** The cloud that a resource lies in, by its host name; undefined for a name of its own. */
export function cloudOfHost(hostname: string): Cloud | undefined {
  return all.find(({ hosts }) => hosts.some((end) => hostname.endsWith(end)));
}
