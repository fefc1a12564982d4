import type { Later } from './load-when-used.ts';

/** What is needed to start, ask and replay jobs, and not to register them: a third of all that would be loaded. */
export const onlyForJobs: Later = {
  library: 'durable-functions',
  dependencies: ['axios', 'validator', 'moment', 'uuid', 'lodash/cloneDeep'],
};

/** What the engine's entities write with, of which there are none here; making a writer looks at the terminal. */
const itsLog: Later = {
  library: 'durable-functions',
  dependencies: ['debug'],
  standIn: (load) => `module.exports = (name) => {
    let log;
    return (...parts) => (log ??= ${load}(name))(...parts);
  };`,
};

/** What validates a user's answers by JSON Schema, Ajv: as much code as all the rest of the protocol layer. */
export const answerValidation: Later = {
  library: '@modelcontextprotocol/server',
  dependencies: ['@modelcontextprotocol/server/_shims'],
  asks: 'import',
  // every server object has one from its beginning on, and asks it when a client has sent such an answer
  standIn: (load) => `import process from 'node:process';
    class DefaultJsonSchemaValidator {
      #validator;
      getValidator(schema) {
        this.#validator ??= new (${load}.DefaultJsonSchemaValidator)();
        return this.#validator.getValidator(schema);
      }
    }
    export { DefaultJsonSchemaValidator, process };`,
};

/** What storage answers with in XML when it is not about tables and rows. */
const xml: Later = { library: '@azure/core-xml', dependencies: ['fast-xml-parser'], asks: 'import' };

/** The way out through a proxy, where the environment names one. */
const proxies: Later = {
  library: '@typespec/ts-http-runtime',
  dependencies: ['https-proxy-agent', 'http-proxy-agent'],
  asks: 'import',
};

/** What the package loads when a library first uses it, and not with the library. */
export const loadedLater: readonly Later[] = [onlyForJobs, itsLog, answerValidation, xml, proxies];
