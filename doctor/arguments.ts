import { parseArgs } from 'node:util';
import { decodeJwt } from 'jose';
import type { Environment } from '#platform/settings/read';
import { parsed } from '../scripts/command-line/parsed.ts';
import { UsageError } from '../scripts/command-line/usage-error.ts';
import type { LiveOptions } from './collect/live.ts';
import type { ReleaseOptions } from './collect/release.ts';

export const usage = `Checks a deployment against the adoption checklist (docs/adoption-checklist.md).

  npm run doctor -- [--settings FILE] [--url URL [--token TOKEN]] [--json]

  --settings FILE          local.settings.json, or what "az functionapp config appsettings list" prints;
                           without it the environment of this process is checked
  --beside FILE            settings of another app or slot, in the same form, which must not share what is to be this
                           one's alone; for several of them, several times
  --init                   write such a file to fill in, settings.json unless --settings names another
  --plan PLAN              flex (default), or other: whose rules the settings in FILE must keep
  --gateway-tier TIER      of API Management, as "az apim show --query sku.name --output tsv" prints it
  --gateway-values FILE    values with which "npm run deploy:policies" puts the policies into the gateway
  --no-model               do not ask the language model of the settings a question, which takes some tokens
  --only-live              look at the running service only, not at settings
  --url URL                MCP endpoint of a running service, such as https://HOST/contoso-mcp/mcp
  --token TOKEN            access token for it (or the environment variable DOCTOR_TOKEN)
  --roleless-token TOKEN   access token of a caller without roles (or DOCTOR_ROLELESS_TOKEN)
  --long-job               also have a device diagnosed, which takes about a minute
  --backups FOLDER         look through the back-ups in it, and how old they are
  --release FOLDER         compare a release with what its builder signed; needs --key
  --key FILE               public key of who has to have signed, PEM
  --idle MINUTES           wait so long before the first request; an app that nobody calls has fallen asleep by then
  --json                   print JSON
  --help                   this text

Exit code: 0 nothing fails, 1 something fails, 2 the command is wrong.`;

const plans = ['flex', 'other'] as const;
export type Plan = (typeof plans)[number];

export interface Options {
  readonly settings: string | undefined;
  /** Files with the settings of other apps or slots. */
  readonly beside: readonly string[];
  /** Only write a file with settings to fill in. */
  readonly init: boolean;
  /** The plan whose rules the settings in the file must keep. */
  readonly plan: Plan;
  readonly gatewayTier: string | undefined;
  /** File with the values of the gateway. */
  readonly gatewayValues: string | undefined;
  readonly onlyLive: boolean;
  /** Whether the language model of the settings is asked a question. */
  readonly askModel: boolean;
  readonly live: LiveOptions;
  /** Folder with back-ups. */
  readonly backups: string | undefined;
  readonly release: ReleaseOptions | undefined;
  readonly json: boolean;
}

/** @throws UsageError when an option is unknown or its value cannot be used */
export function readOptions(args: readonly string[], env: Environment): Options | 'help' {
  const values = parse(args);
  if (values.help) {
    return 'help';
  }
  const { settings, url } = values;
  const live = {
    url: url === undefined ? undefined : checkedUrl(url),
    token: checkedToken('--token', values.token ?? env.DOCTOR_TOKEN),
    rolelessToken: checkedToken('--roleless-token', values['roleless-token'] ?? env.DOCTOR_ROLELESS_TOKEN),
    longJob: values['long-job'] ?? false,
    idleMinutes: idleMinutes(values.idle),
  };
  const onlyLive = values['only-live'] ?? false;
  if (onlyLive && url === undefined) {
    throw new UsageError('--only-live needs --url.');
  }
  if (live.idleMinutes > 0 && (url === undefined || live.token === undefined)) {
    throw new UsageError('--idle needs --url and --token: without a token the gateway answers by itself.');
  }
  if (onlyLive && settings !== undefined) {
    throw new UsageError('--only-live and --settings exclude each other.');
  }
  const beside = values.beside ?? [];
  if (beside.length > 0 && settings === undefined) {
    throw new UsageError('--beside needs --settings: it names what that is compared with.');
  }
  return {
    settings,
    beside,
    init: values.init ?? false,
    plan: planNamed(values.plan),
    gatewayTier: values['gateway-tier'],
    gatewayValues: values['gateway-values'],
    onlyLive,
    askModel: !(values['no-model'] ?? false),
    live,
    backups: values.backups,
    release: releaseOf(values.release, values.key),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  return parsed(
    () =>
      parseArgs({
        args: [...args],
        options: {
          settings: { type: 'string' },
          beside: { type: 'string', multiple: true },
          init: { type: 'boolean' },
          plan: { type: 'string' },
          'gateway-tier': { type: 'string' },
          'gateway-values': { type: 'string' },
          'only-live': { type: 'boolean' },
          'no-model': { type: 'boolean' },
          url: { type: 'string' },
          token: { type: 'string' },
          'roleless-token': { type: 'string' },
          'long-job': { type: 'boolean' },
          backups: { type: 'string' },
          release: { type: 'string' },
          key: { type: 'string' },
          idle: { type: 'string' },
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }).values,
  );
}

function releaseOf(folder: string | undefined, key: string | undefined): ReleaseOptions | undefined {
  if ((folder === undefined) !== (key === undefined)) {
    throw new UsageError('--release and --key go together.');
  }
  return folder === undefined || key === undefined ? undefined : { folder, key };
}

function planNamed(text = 'flex'): Plan {
  const plan = plans.find((known) => known === text);
  if (plan === undefined) {
    throw new UsageError(`--plan is "${text}"; it must be ${plans.join(' or ')}.`);
  }
  return plan;
}

function idleMinutes(text = '0'): number {
  const minutes = Number(text);
  if (text.trim() === '' || !Number.isInteger(minutes) || minutes < 0 || minutes > 1_440) {
    throw new UsageError(`--idle is "${text}"; it must be a whole number of minutes, up to 1440.`);
  }
  return minutes;
}

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || !url.endsWith('/mcp')) {
    throw new UsageError(`--url is "${url}"; it must be an endpoint such as https://HOST/contoso-mcp/mcp.`);
  }
  if (url.endsWith('/agentic/mcp')) {
    throw new UsageError(
      '--url must be the endpoint of the business tools; the agentic one is found by itself.',
    );
  }
  return url;
}

/** The message does not repeat the token: it may be a real one with a letter missing. */
function checkedToken(option: string, token: string | undefined): string | undefined {
  if (token === undefined || token === '') {
    return undefined;
  }
  try {
    decodeJwt(token);
    return token;
  } catch {
    throw new UsageError(`${option} is no access token: a JWT has three parts with dots between them.`);
  }
}
