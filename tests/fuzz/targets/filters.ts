import { accountFilter } from '#contoso/stores/account-rows';
import { kindRange, receiptKey } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import { must, type Target } from '../target.ts';

/** The texts of an OData filter, and what is left of it without them (OData 4.01 ABNF, `string`: a quote in it is doubled). */
function partsOf(filter: string): { readonly texts: readonly string[]; readonly rest: string } {
  const texts: string[] = [];
  const rest = filter.replace(/'((?:[^']|'')*)'/g, (_, text: string) => {
    texts.push(text.replaceAll("''", "'"));
    return '?';
  });
  return { texts, rest };
}

const plain = partsOf(accountFilter(1, ['invoice', 'payment'], 'key', 'user')).rest;

/** Whatever a caller sends, a filter compares with it and does nothing else. */
export const fuzz: Target = (data) => {
  const text = data.toString();
  const one = partsOf(odata`PartitionKey eq ${text} and RowKey lt ${`${text};`}`);
  must(one.rest === 'PartitionKey eq ? and RowKey lt ?', 'a text stays a text');
  must(one.texts[0] === text && one.texts[1] === `${text};`, 'it is compared with as it is');
  const account = partsOf(accountFilter(1, ['invoice', 'payment'], text, text));
  must(account.rest === plain, 'a key changes nothing but what is compared with');
  must(account.texts.includes(receiptKey(text)), 'and that is the key of its row');
  must(!/[/\\#?\p{Cc}]/u.test(receiptKey(text)), 'a key of a row has no character that storage forbids');
  const { from, below } = kindRange('invoice');
  must(from < receiptKey(text) && below < receiptKey(text), 'and is none of another kind');
};
