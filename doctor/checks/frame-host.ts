import { frameHostName, noFrameHost } from '../../gateway/generate/console/frame-host.ts';
import { type Finding, fail, pass } from '../finding.ts';
import { asDeployed } from './backend.ts';
import { type Check, fromSettings, given } from './check.ts';

const setting = 'CONSOLE_FRAME_ORIGIN';

export const frameHostAgrees: Check = {
  id: 'edge.frame-host',
  group: 'Edge',
  title: 'Gateway and service agree on where the console’s cards have their origin',
  judge: (evidence) =>
    given(evidence.gatewayValues, ({ namedValues }) =>
      fromSettings(evidence, (env) => judge(asDeployed(env).frameOrigin, namedValues[frameHostName])),
    ),
};

/** The policies compare the host of an address, which is in small letters, with the value as it is. */
function judge(origin: string | undefined, value: unknown): Finding {
  const host = origin === undefined ? noFrameHost : new URL(origin).hostname;
  if (value === host) {
    return pass(
      origin === undefined
        ? 'Cards have nobody’s origin, and the gateway sets no host name aside for them.'
        : `Cards have the origin ${origin}, and the gateway has nothing else at that host name.`,
    );
  }
  const atService = origin === undefined ? 'is not set' : `is ${origin}`;
  const atGateway = typeof value === 'string' ? `is "${value}"` : 'is a secret, which cannot be compared';
  return fail(
    origin === undefined
      ? `The named value ${frameHostName} ${atGateway}, and ${setting} ${atService}: the gateway has no cards where the console looks for them.`
      : `${setting} ${atService}, and the named value ${frameHostName} ${atGateway}: the gateway does not keep that host name apart for cards.`,
    `Make ${frameHostName} "${host}", or change ${setting}; then run npm run deploy:policies.`,
  );
}
