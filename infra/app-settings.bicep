// The app settings of a backend. npm run check:infra compares them with what the code reads.
import { Tenant, Registration, Model, Scheduler } from 'types.bicep'

@export()
type SettingsSource = {
  tenants: Tenant[]
  backend: string
  publicBaseUrl: string
  registration: Registration
  @description('Origin of a web page that may call; empty: none.')
  webOrigin: string
  @description('Host name of the gateway that is set aside for the frames of cards; empty: none.')
  frameHostName: string
  vaultUri: string
  dataAddress: string
  hostAccount: string
  model: Model
  scheduler: Scheduler
  appName: string
  @description('For how many days the audit trail is kept; 0: for ever.')
  auditDays: int
  @description('Storage account that takes copies of sealed heads of the audit trail; empty: none.')
  archiveName: string
  @description('The container of that account.')
  trailCopies: string
  @description('Namespace of Event Hubs that takes the audit trail; empty: none.')
  siemName: string
  @description('The event hub of that namespace.')
  trailHub: string
}

@export()
func appSettings(source SettingsSource) object =>
  union(
    {
      AUTH_MODE: 'jwt'
      MCP_API_AUDIENCE: source.registration.apiClientId
      AUTHORITY: source.registration.authority
      MCP_SCOPE: source.registration.scopeName
      TENANTS: string(map(source.tenants, tenant => tenantSetting(tenant)))
      PUBLIC_BASE_URL: '${source.publicBaseUrl}/${source.tenants[0].route}'
      GATEWAY_KEY: secretReference(source.vaultUri, 'gateway-key')
      STATE_SIGNING_KEY: secretReference(source.vaultUri, 'state-signing-key-${source.backend}')
      DATA_STORAGE: source.dataAddress
      AzureWebJobsStorage__accountName: source.hostAccount
      // the host reads a whole body before the app may refuse it; the app takes 1 MiB
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152'
      // the app bounds all work itself; at the end of a limit of its own the host restarts it, which cuts every call
      AzureFunctionsJobHost__functionTimeout: '-1'
      // of two apps with one hub only one has its jobs done
      AzureFunctionsJobHost__extensions__durableTask__hubName: 'hub${uniqueString(source.appName)}'
      LOG_LEVEL: 'info'
    },
    signInSettings(source, source.tenants[0].?signIn ?? 'remote'),
    empty(source.webOrigin) ? {} : { ALLOWED_ORIGINS: split(source.webOrigin, '/')[2] },
    empty(source.frameHostName) ? {} : { CONSOLE_FRAME_ORIGIN: 'https://${source.frameHostName}' },
    empty(source.model.endpoint)
      ? {}
      : {
          AZURE_OPENAI_ENDPOINT: source.model.endpoint
          AZURE_OPENAI_CHAT_DEPLOYMENT: source.model.chatDeployment
          AZURE_OPENAI_EMBEDDING_DEPLOYMENT: source.model.embeddingDeployment
        },
    source.auditDays == 0 ? {} : { AUDIT_DAYS: string(source.auditDays) },
    empty(source.archiveName) ? {} : { TRAIL_COPIES: source.trailCopies },
    empty(source.siemName) ? {} : { TRAIL_EVENT_HUB: source.trailHub },
    engineSettings(source.scheduler)
  )

@description('One tenant, as the setting TENANTS has it.')
func tenantSetting(tenant Tenant) object =>
  union(
    {
      slug: tenant.slug
      tenantIds: tenant.tenantIds
      displayName: tenant.displayName
      route: tenant.route
    },
    empty(tenant.?enterprise) ? {} : { enterprise: tenant.?enterprise },
    tenant.?exchange == null ? {} : { exchange: tenant.?exchange },
    empty(tenant.?model) ? {} : { model: tenant.?model },
    tenant.?enter == null ? {} : { enter: tenant.?enter },
    tenant.?approveAbove == null ? {} : { approveAbove: tenant.?approveAbove },
    tenant.?tools == null ? {} : { tools: tenant.?tools }
  )

func signInSettings(source SettingsSource, way string) object =>
  way == 'remote'
    ? {}
    : union(
        {
          SIGN_IN: way
          SIGN_IN_KEYS: secretReference(source.vaultUri, 'sign-in-keys-${source.backend}')
        },
        way == 'proxy'
          ? {
              SIGN_IN_CLIENT_ID: source.registration.signInClientId
              SIGN_IN_CLIENT_SECRET: secretReference(source.vaultUri, 'sign-in')
            }
          : {}
      )

@description('The engine of host.json is a storage account; these put the Durable Task Scheduler in its place.')
func engineSettings(scheduler Scheduler) object =>
  !scheduler.used
    ? {}
    : {
        AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
        AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
        AzureFunctionsJobHost__extensions__durableTask__hubName: scheduler.taskHub
        DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler.endpoint};Authentication=ManagedIdentity'
      }

func secretReference(vaultUri string, name string) string =>
  '@Microsoft.KeyVault(SecretUri=${vaultUri}/secrets/${name})'
