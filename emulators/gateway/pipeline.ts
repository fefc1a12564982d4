import type { PolicyBundle } from '../../gateway/language/bundle.ts';
import type { Section } from '../../gateway/language/model.ts';
import { effectiveSection } from '../../gateway/language/sections.ts';
import { type Exchange, plainResponse } from './exchange.ts';
import { PolicyFailure } from './failure.ts';
import { type CorsRules, readCors } from './policies/cors.ts';
import type { CompilerTools, Step } from './step.ts';

/** What one operation does with a request. */
export interface Pipeline {
  /** The first `cors` of the inbound section; it alone answers preflight requests. */
  readonly cors: CorsRules | undefined;
  run(exchange: Exchange): Promise<void>;
  /** Lets the on-error section answer. @throws the error when it is not a policy's failure */
  recover(exchange: Exchange, error: unknown): Promise<void>;
}

/** @param files policy files from the widest scope to the narrowest */
export function buildPipeline(
  files: readonly string[],
  bundle: PolicyBundle,
  tools: CompilerTools,
): Pipeline {
  const elements = (section: Section) => effectiveSection(section, files, bundle);
  const stepOf = (section: Section) => tools.steps(elements(section));
  const [inbound, backend, outbound] = [stepOf('inbound'), stepOf('backend'), stepOf('outbound')];
  const onError = stepOf('on-error');
  const cors = elements('inbound').find(({ name }) => name === 'cors');
  const recover = (exchange: Exchange, error: unknown) => answerFailure(exchange, error, onError);
  return {
    cors: cors && readCors(cors, tools),
    recover,
    async run(exchange) {
      try {
        await pass(exchange, [inbound, backend, outbound]);
      } catch (error) {
        await recover(exchange, error);
      }
    },
  };
}

async function pass(exchange: Exchange, sections: readonly Step[]): Promise<void> {
  for (const section of sections) {
    if ((await section(exchange)) === 'ended') {
      return;
    }
  }
}

/** Only failures of policies go to on-error; a mistake of the gateway itself is thrown on. */
async function answerFailure(exchange: Exchange, error: unknown, onError: Step): Promise<void> {
  if (!(error instanceof PolicyFailure)) {
    throw error;
  }
  const { source, reason, status, message, headers } = error;
  exchange.lastError = { source, reason, message };
  exchange.response = plainResponse(status, '', JSON.stringify({ statusCode: status, message }));
  for (const [name, value] of Object.entries({ 'Content-Type': 'application/json', ...headers })) {
    exchange.response.headers.set(name, value);
  }
  exchange.onResponse = true;
  await onError(exchange);
}
