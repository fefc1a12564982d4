import { counted } from '#platform/counted';
import { type Environment, text } from '#platform/settings/read';
import { readRetention } from '#platform/settings/retention';
import { readTrailSettings } from '#platform/settings/trail';
import { checkStreams } from '../../gateway/checks/streams.ts';
import type { LongJob } from '../evidence.ts';
import { type Finding, fail, pass, skipped, warn } from '../finding.ts';
import { type Check, fromSettings, given, names } from './check.ts';
import { firstConnect } from './first-connect.ts';

/** Milliseconds without a progress report after which people and gateways give up on a job. */
const longestSilence = 20_000;

/** The share of a streamed job that may have passed when its first progress report arrives. */
const latestFirstSign = 0.8;

const unbufferedPolicies: Check = {
  id: 'operations.streaming',
  group: 'Operations',
  title: 'The gateway’s policies do not hold streams back',
  judge: ({ gateway }) =>
    given(gateway, ({ bundle, registry }) => {
      const [first] = checkStreams({ bundle, registry, namedValues: {} });
      return first === undefined
        ? pass('No policy looks at a body, and forward-request does not buffer.')
        : fail(
            `apim-policies/${first.position.file}:${first.position.line}: ${first.description}.`,
            'Streams arrive in one piece, or never: take it out.',
          );
    }),
};

const unbufferedLive: Check = {
  id: 'operations.streaming-live',
  group: 'Operations',
  title: 'Progress arrives while the work goes on',
  judge: ({ live }) =>
    given(live.longJob, ({ progress, endedAt }) => {
      const [first] = progress;
      if (first === undefined) {
        return fail('No progress was reported.', noProgress);
      }
      return first.at <= endedAt * latestFirstSign
        ? pass(
            `The first of ${counted(progress.length, 'report')} came after ${seconds(first.at)}, the result after ${seconds(endedAt)}.`,
          )
        : fail(
            `The first report came after ${seconds(first.at)}, together with the result.`,
            'Something in between buffers: check buffer-response, and diagnostics that log bodies.',
          );
    }),
};

const progressRegular: Check = {
  id: 'operations.progress',
  group: 'Operations',
  title: 'Long jobs report progress regularly',
  judge: ({ live }) => given(live.longJob, judgeProgress),
};

const typedStatic: Check = {
  id: 'operations.typed',
  group: 'Operations',
  title: 'Every tool has typed inputs and outputs',
  judge: ({ tools }) => {
    const untyped = tools.filter(({ output }) => Object.keys(output.shape).length === 0);
    return untyped.length === 0
      ? pass(`${counted(tools.length, 'tool')}, each with an input and an output schema.`)
      : fail(
          `${names(untyped.map(({ name }) => name))} have no output schema.`,
          'Declare the result in the tool’s definition.',
        );
  },
};

const typedLive: Check = {
  id: 'operations.typed-live',
  group: 'Operations',
  title: 'Clients are told the schemas',
  judge: ({ live }) =>
    given(live.tools, (listed) => {
      if (listed.length === 0) {
        return skipped('The caller of the token is shown no tools.');
      }
      const untyped = listed.filter(({ typedInput, typedOutput }) => !(typedInput && typedOutput));
      return untyped.length === 0
        ? pass(
            `${counted(listed.length, 'tool comes', 'tools come')} with both schemas, as all of them must.`,
          )
        : fail(
            `${names(untyped.map(({ name }) => name))} come without a schema.`,
            'Check which version of the service runs.',
          );
    }),
};

const telemetryOn: Check = {
  id: 'operations.telemetry',
  group: 'Operations',
  title: 'Telemetry is exported',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const found = ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'OTEL_EXPORTER_OTLP_ENDPOINT'].find(
        (name) => text(env, name) !== undefined,
      );
      return found === undefined
        ? fail('Nobody would see that something is wrong.', 'Set APPLICATIONINSIGHTS_CONNECTION_STRING.')
        : pass(`${found} is set.`);
    }),
};

const logsInModeration: Check = {
  id: 'operations.log-level',
  group: 'Operations',
  title: 'Logs are for production',
  judge: (evidence) =>
    fromSettings(evidence, (env) =>
      text(env, 'LOG_LEVEL') === 'debug'
        ? warn('LOG_LEVEL is debug, which costs and hides what matters.', 'Set LOG_LEVEL=info.')
        : pass(`LOG_LEVEL is ${text(env, 'LOG_LEVEL') ?? 'info'}.`),
    ),
};

const trailKept: Check = {
  id: 'operations.trail-kept',
  group: 'Operations',
  title: 'It is decided how long the audit trail is kept',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { auditDays } = readRetention(env);
      return auditDays === undefined
        ? warn(
            'The audit trail is kept for ever.',
            'Set AUDIT_DAYS to how many days you have to keep it, from 30 to 3650.',
          )
        : pass(`The audit trail is kept for ${auditDays} days.`);
    }),
};

const trailCopied: Check = {
  id: 'operations.trail-copied',
  group: 'Operations',
  title: 'Nobody can cut off the audit trail unseen',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { copies } = readTrailSettings(env);
      return copies?.startsWith('https://')
        ? pass(`Sealed heads of the audit trail are copied to ${new URL(copies).host}.`)
        : warn(
            'Whoever may write to the table can cut off the audit trail, heads and all.',
            'Set TRAIL_COPIES to a container that nothing is removed from; ARCHIVE_DAYS makes one.',
          );
    }),
};

const storageByIdentity: Check = {
  id: 'operations.storage-identity',
  group: 'Operations',
  title: 'Storage is reached with the managed identity',
  judge: (evidence) => fromSettings(evidence, judgeStorage),
};

export const operationsChecks: readonly Check[] = [
  firstConnect,
  unbufferedPolicies,
  unbufferedLive,
  progressRegular,
  typedStatic,
  typedLive,
  telemetryOn,
  logsInModeration,
  trailKept,
  trailCopied,
  storageByIdentity,
];

const noProgress = 'Check that the client sends a progress token, and that the service’s jobs run.';

function judgeProgress({ progress, endedAt }: LongJob): Finding {
  if (progress.length < 2) {
    return fail(`${counted(progress.length, 'report')} in ${seconds(endedAt)}.`, noProgress);
  }
  if (
    progress.some(({ value }, index) => value <= (progress[index - 1]?.value ?? Number.NEGATIVE_INFINITY))
  ) {
    return fail(
      'The reported values do not always increase.',
      'Report how far the job is, never less than before.',
    );
  }
  const moments = [0, ...progress.map(({ at }) => at), endedAt];
  const silence = Math.max(...moments.map((at, index) => at - (moments[index - 1] ?? 0)));
  return silence <= longestSilence
    ? pass(`${counted(progress.length, 'report')}; the longest silence was ${seconds(silence)}.`)
    : warn(`Nothing was heard for ${seconds(silence)}.`, 'Report at least every twenty seconds.');
}

function judgeStorage(env: Environment): Finding {
  const remedy =
    'Give the app’s identity "Storage Table Data Contributor", and set DATA_STORAGE to https://NAME.table.core.windows.net.';
  const [data, host] = [text(env, 'DATA_STORAGE'), text(env, 'AzureWebJobsStorage')];
  if ([data, host].some((value) => /UseDevelopmentStorage|127\.0\.0\.1|localhost/i.test(value ?? ''))) {
    return fail('The storage is an emulator on a developer’s machine.', remedy);
  }
  if ((data ?? host)?.startsWith('https://') !== true) {
    return warn('DATA_STORAGE is a connection string: a key that can leak.', remedy);
  }
  return host === undefined
    ? pass('There is no storage key in the settings.')
    : warn(
        'AzureWebJobsStorage is a connection string: a key that can leak.',
        'Replace it by AzureWebJobsStorage__accountName and roles for the app’s identity.',
      );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
