/** Set by the platform, or for it: the host reads them, not this service. */
export const ofThePlatform =
  /^(AzureWebJobsStorage__|AzureFunctionsJobHost__|DURABLE_TASK_SCHEDULER_CONNECTION_STRING$|FUNCTIONS_|WEBSITE_|AZURE_FUNCTIONS_ENVIRONMENT$|LEGION_|CONTAINER_APP_NAME$|IDENTITY_ENDPOINT$|MSI_ENDPOINT$)/;

const noDefaultIsBetter = 'the default is meant for a deployment, too; EXTRA_SETTINGS changes it';
const anotherModel = 'of a model that infra/ does not make; EXTRA_SETTINGS sets it';
const formerName = 'a former name of another setting';

/** Settings that a deployment does not set, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  USE_PASSTHROUGH_AUTH: formerName,
  DISABLE_AUTH: formerName,
  AAD_TENANT_ID: 'TENANTS says it',
  ALLOWED_TENANTS: 'TENANTS says it',
  ALLOWED_CLIENTS: noDefaultIsBetter,
  ALLOWED_HOSTS: 'the address in PUBLIC_BASE_URL and the app’s own are accepted',
  ALLOWED_ORIGINS: 'only where WEB_ORIGIN is set',
  MCP_SCOPE_PREFIX: noDefaultIsBetter,
  SIGN_IN: 'only where people sign in at the service',
  SIGN_IN_CLIENT_ID: 'only with SIGN_IN=proxy',
  SIGN_IN_CLIENT_SECRET: 'only with SIGN_IN=proxy',
  SIGN_IN_KEYS: 'only where people sign in at the service',
  SIGN_IN_REGISTRATION: noDefaultIsBetter,
  SIGN_IN_REDIRECTS: noDefaultIsBetter,
  AzureWebJobsStorage: 'AzureWebJobsStorage__accountName takes its place, which needs no key',
  QUERY_ROLE: noDefaultIsBetter,
  BILLING_ROLE: noDefaultIsBetter,
  AGENT_ROLE: noDefaultIsBetter,
  SECURITY_ROLE: noDefaultIsBetter,
  CONFIRM_PAYMENTS_ABOVE: noDefaultIsBetter,
  CONFIRM_PAYMENTS_HOURS: noDefaultIsBetter,
  TROUBLESHOOT_SECONDS: noDefaultIsBetter,
  EXPERT_SECONDS: noDefaultIsBetter,
  QUESTIONS_PER_USER: noDefaultIsBetter,
  TOKENS_PER_USER: noDefaultIsBetter,
  QUESTIONS_PER_TENANT: noDefaultIsBetter,
  TOKENS_PER_TENANT: noDefaultIsBetter,
  MODEL_PRICES: noDefaultIsBetter,
  JOBS_PER_USER: noDefaultIsBetter,
  JOB_HOURS: noDefaultIsBetter,
  AZURE_OPENAI_ENDPOINT: 'only with WITH_MODEL',
  AZURE_OPENAI_CHAT_DEPLOYMENT: 'only with WITH_MODEL',
  AZURE_OPENAI_EMBEDDING_DEPLOYMENT: 'only with WITH_MODEL',
  AZURE_OPENAI_API_KEY: 'the managed identity takes its place',
  AZURE_OPENAI_API_VERSION: noDefaultIsBetter,
  AZURE_OPENAI_SECOND_ENDPOINT: anotherModel,
  AZURE_OPENAI_SECOND_API_KEY: 'the managed identity takes its place',
  AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT: anotherModel,
  OPENAI_BASE_URL: anotherModel,
  OPENAI_API_KEY: anotherModel,
  OPENAI_CHAT_MODEL: anotherModel,
  OPENAI_SECOND_CHAT_MODEL: anotherModel,
  OPENAI_EMBEDDING_MODEL: anotherModel,
  MODEL_API: noDefaultIsBetter,
  MODEL_TURN_TOKENS: noDefaultIsBetter,
  MODEL_REASONING_EFFORT: noDefaultIsBetter,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'Application Insights is there; EXTRA_SETTINGS adds a collector',
  OTEL_SERVICE_NAME: noDefaultIsBetter,
};
