import { notice } from './xml.ts';

/** Path from the policies folder to the file that hands their texts to the templates in `infra/`. */
export const policyTextsFile = '../infra/gateway/policies.bicep';

/**
 * The policies as a template has them: Bicep reads a file only by a name that is written out, so this names each.
 * @param files paths below the policies folder
 */
export function policyTexts(files: readonly string[]): string {
  return [
    `// ${notice}`,
    '@export()',
    'var policies = {',
    ...files.toSorted().map((file) => `  '${file}': loadTextContent('../../apim-policies/${file}')`),
    '}',
    '',
  ].join('\n');
}
