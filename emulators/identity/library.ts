/**
 * oidc-provider, without the warning that it prints on Node 20, which its maintainer has left and this project still
 * serves: the tests of this provider run there.
 */
const { warn } = console;
console.warn = (...line: unknown[]) => {
  if (!String(line[0]).includes('oidc-provider WARNING: Unsupported runtime')) {
    warn(...line);
  }
};
const library = await import('oidc-provider');
console.warn = warn;

export const { default: Provider, errors, interactionPolicy } = library;
