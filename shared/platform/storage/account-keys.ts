import {
  AzureNamedKeyCredential,
  RestError,
  TableClient,
  TableServiceClient,
  type TableServiceClientOptions,
} from '@azure/data-tables';
import { keyIn, tablesOf } from './connection-string.ts';

type PipelinePolicy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'];

/**
 * An account whose keys are being renewed: a request that is refused with one is sent again with the next one, which then stays.
 * @param texts connection strings of one account, which differ in their keys
 */
export function accountWithKeys(texts: readonly string[]) {
  const [first = ''] = texts;
  const url = tablesOf(first)?.href ?? '';
  const keys = texts.flatMap((text) => keyIn(text)?.key ?? []);
  const credential = new AzureNamedKeyCredential(keyIn(first)?.name ?? '', keys[0] ?? '');
  const tryOthers: PipelinePolicy = {
    name: 'tryOtherKeys',
    async sendRequest(message, next) {
      for (let tried = 1; ; tried += 1) {
        const { key } = credential;
        // a refusal is thrown, but that of a transaction is answered
        const answer = await next(message).catch((error: unknown) => {
          if (!(error instanceof RestError) || error.statusCode !== 403 || tried === keys.length) {
            throw error;
          }
        });
        if (answer !== undefined && (answer.status !== 403 || tried === keys.length)) {
          return answer;
        }
        // another request may have taken the next one meanwhile
        if (credential.key === key) {
          credential.update(credential.name, keys[(keys.indexOf(key) + 1) % keys.length] ?? key);
        }
      }
    },
  };
  // before the signing
  const also = ({ additionalPolicies = [], ...options }: TableServiceClientOptions) => ({
    ...options,
    additionalPolicies: [{ policy: tryOthers, position: 'perCall' as const }, ...additionalPolicies],
  });
  return {
    table: (name: string, options: TableServiceClientOptions) =>
      new TableClient(url, name, credential, also(options)),
    service: (options: TableServiceClientOptions) => new TableServiceClient(url, credential, also(options)),
  };
}
