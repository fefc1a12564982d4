/** What `UseDevelopmentStorage=true` stands for. */
const developmentUrl = 'http://127.0.0.1:10002/devstoreaccount1';

/**
 * The address of the Table service that a connection string of a storage account leads to; undefined when the storage
 * library would refuse the text. It is read here so that a wrong setting stops the start, although the library is loaded
 * when the first request to storage is made. (Azure Storage, "Configure Azure Storage connection strings")
 */
export function tablesOf(text: string): URL | undefined {
  if (text.toLowerCase().includes('usedevelopmentstorage=true')) {
    return new URL(developmentUrl);
  }
  const isOfAccount = /defaultendpointsprotocol=/i.test(text) && /accountkey=/i.test(text);
  const address = isOfAccount ? addressOfAccount(text) : addressOfSignature(text);
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
}

/** Those of a setting: several, comma-separated, while a key of the account is renewed. */
export function connectionStringsIn(setting: string): readonly string[] {
  const texts = setting.split(',').map((text) => text.trim());
  return texts.filter((text) => text !== '');
}

/** The account and the key of a connection string; undefined when it has none. */
export function keyIn(text: string): { readonly name: string; readonly key: string } | undefined {
  const [name, key] = valuesOf(text, ['AccountName', 'AccountKey']);
  return name && key ? { name, key } : undefined;
}

function addressOfAccount(text: string): string | undefined {
  const names = ['TableEndpoint', 'AccountName', 'AccountKey', 'DefaultEndpointsProtocol', 'EndpointSuffix'];
  const [endpoint = '', account, key, protocol = '', suffix] = valuesOf(text, names);
  if (!account || !key) {
    return undefined;
  }
  const canBeNamed = /^https?$/i.test(protocol) && suffix;
  return trimmed(endpoint) || (canBeNamed ? `${protocol}://${account}.table.${suffix}` : undefined);
}

function addressOfSignature(text: string): string | undefined {
  const [endpoint = '', signature] = valuesOf(text, ['TableEndpoint', 'SharedAccessSignature']);
  const address = trimmed(endpoint);
  return signature && URL.canParse(address) && namesAccount(new URL(address)) ? address : undefined;
}

/**
 * The values of these names, whose case does not matter; the first of a name counts, and what is missing is empty.
 * @returns nothing when a part before one of them has no name: the library gives up there
 */
function valuesOf(text: string, names: readonly string[]): readonly string[] {
  const parts = text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => /^\s*([^=]*)=(.*?)\s*$/su.exec(part));
  const found = names.map((name) =>
    parts.find((part) => part === null || part[1]?.toLowerCase() === name.toLowerCase()),
  );
  return found.includes(null) ? [] : found.map((part) => part?.[2] ?? '');
}

const trimmed = (endpoint: string) => endpoint.replace(/\/$/, '');

/** By its host, or on a machine with emulated storage by the first part of its path. */
function namesAccount({ host, pathname }: URL): boolean {
  return host.split('.')[1] === 'table' || pathname.split('/')[1] !== '';
}
