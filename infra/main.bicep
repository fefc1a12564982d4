// The whole service: function apps behind API Management, for the tenants of apim-policies/tenants.json. docs/deploying.md
// says what is made and what it costs.
targetScope = 'subscription'

import { Network, Tenant, Registration } from 'types.bicep'

@description('Name of the environment; part of every name.')
@minLength(1)
@maxLength(40)
param environmentName string
param location string

@description('Nothing but the gateway is reached from outside. Needs Standard v2 or Premium v2.')
param privateNetwork bool
param addressSpace string
@description('Basic v2 or, in the private network, Standard v2, unless one is named here.')
@allowed(['', 'BasicV2', 'StandardV2', 'PremiumV2'])
param gatewayTier string
param publisherName string
param publisherMail string
param hostName string
param certificateId string
@description('A second host name of the gateway, for the frames of cards in the console, and its certificate; empty: none.')
param frameHostName string
param frameCertificateId string
param gatewayAddresses string[]

param apiClientId string
param scopeName string
param signInClientId string
param webOrigin string

@description('Those that the service is tested on and Flex Consumption runs.')
@allowed(['22', '24'])
param nodeVersion string
param alwaysReady int
param mostInstances int
@description('512, 2048 or 4096.')
param memoryMb int
@description('Whether calls may act for their users at other services.')
param actForUsers bool
@description('For how many days the audit trail is kept, 30 to 3,650; 0: for ever.')
param auditDays int
param extraSettings object

@description('Where jobs keep their state: the storage account of each app, or the Durable Task Scheduler.')
@allowed(['storage', 'scheduler'])
param jobEngine string
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string

@description('Whether Azure OpenAI is made for the experts.')
param withModel bool
param modelLocation string
param chatModel string
param chatVersion string
param chatCapacity int
param embeddingModel string
param embeddingVersion string
param embeddingCapacity int

param retentionDays int
param alertMail string
param tableLogs bool
@description('Whether logs and the audit trail go to Event Hubs, too.')
param withSiem bool
@description('Days for which nothing in the archive of the trail can be changed; 0: no archive.')
param archiveDays int
param deleteLock bool
@description('Object id of whoever writes the demo data; empty: nobody.')
param seederId string

var token = uniqueString(subscription().subscriptionId, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var registry = loadJsonContent('../apim-policies/tenants.json')
var plans object = registry.plans
@description('A tenant has the tools of its plan, unless it has a set of its own.')
var tenants Tenant[] = map(registry.tenants, tenant => union({ tools: plans[tenant.plan].?tools }, tenant))
var backends = map(loadJsonContent('../apim-policies/apis.json').backends, backend => backend.id)
var gatewayName = 'apim-${token}'
var publicBaseUrl = empty(hostName) ? 'https://${gatewayName}.azure-api.net' : 'https://${hostName}'
var authority = replace('${environment().authentication.loginEndpoint}|', '/|', '')
var registration Registration = {
  authority: authority
  apiClientId: apiClientId
  scopeName: scopeName
  signInClientId: signInClientId
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module privateNetworkModule 'network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: { location: location, name: token, tags: tags, addressSpace: addressSpace }
}

var network Network = {
  private: privateNetwork
  appsSubnet: privateNetwork ? privateNetworkModule!.outputs.appsSubnet : ''
  gatewaySubnet: privateNetwork ? privateNetworkModule!.outputs.gatewaySubnet : ''
  endpointsSubnet: privateNetwork ? privateNetworkModule!.outputs.endpointsSubnet : ''
  zones: privateNetwork ? privateNetworkModule!.outputs.zones : {}
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: { location: location, name: token, tags: tags, retentionDays: retentionDays }
}

module vault 'vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    name: 'kv-${token}'
    tags: tags
    network: network
    backends: backends
    purgeProtection: deleteLock
  }
}

module model 'model.bicep' = if (withModel) {
  name: 'model'
  scope: group
  params: {
    location: empty(modelLocation) ? location : modelLocation
    name: 'oai-${token}'
    tags: tags
    network: network
    chatModel: chatModel
    chatVersion: chatVersion
    chatCapacity: chatCapacity
    embeddingModel: embeddingModel
    embeddingVersion: embeddingVersion
    embeddingCapacity: embeddingCapacity
  }
}

module scheduler 'scheduler.bicep' = if (jobEngine == 'scheduler') {
  name: 'scheduler'
  scope: group
  params: {
    location: location
    name: 'dts-${token}'
    tags: tags
    network: network
    backends: backends
    sku: schedulerSku
  }
}

module apps 'backends.bicep' = {
  name: 'backends'
  scope: group
  params: {
    location: location
    backends: backends
    token: token
    tags: tags
    network: network
    nodeVersion: nodeVersion
    mostInstances: mostInstances
    memoryMb: memoryMb
    alwaysReady: alwaysReady
    tenants: tenants
    publicBaseUrl: publicBaseUrl
    registration: registration
    webOrigin: webOrigin
    frameHostName: frameHostName
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
    model: {
      endpoint: withModel ? model!.outputs.endpoint : ''
      chatDeployment: 'chat'
      embeddingDeployment: 'embedding'
    }
    modelAccountName: withModel ? model!.outputs.name : ''
    schedulerEndpoint: jobEngine == 'scheduler' ? scheduler!.outputs.endpoint : ''
    schedulerName: jobEngine == 'scheduler' ? scheduler!.outputs.name : ''
    tableLogs: tableLogs
    deleteLock: deleteLock
    gatewayAddresses: gatewayAddresses
    seederId: seederId
    actForUsers: actForUsers
    auditDays: auditDays
    archiveName: archiveDays > 0 ? archive!.outputs.name : ''
    siemName: withSiem ? siem!.outputs.name : ''
    extraSettings: extraSettings
  }
}

module gateway 'gateway/service.bicep' = {
  name: 'gateway'
  scope: group
  params: {
    location: location
    name: gatewayName
    tags: tags
    network: network
    tier: gatewayTier
    publisherName: publisherName
    publisherMail: publisherMail
    hostName: hostName
    certificateId: certificateId
    frameHostName: frameHostName
    frameCertificateId: frameCertificateId
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
  }
}

module contents 'gateway/contents.bicep' = {
  name: 'gateway-contents'
  scope: group
  params: {
    serviceName: gateway.outputs.name
    identityClientId: gateway.outputs.identityClientId
    addresses: toObject(apps.outputs.made, app => app.id, app => app.address)
    keySecretUri: '${vault.outputs.uri}secrets/gateway-key'
    values: {
      'public-base-url': publicBaseUrl
      authority: authority
      'api-audience': apiClientId
      'scope-name': scopeName
      'allowed-origin': empty(webOrigin) ? publicBaseUrl : webOrigin
      'console-frame-host': empty(frameHostName) ? 'none.invalid' : frameHostName
    }
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    name: token
    tags: tags
    insightsId: monitoring.outputs.insightsId
    workspaceId: monitoring.outputs.workspaceId
    mail: alertMail
    tableLogs: tableLogs
    trailKeepers: auditDays == 0 ? [] : map(apps.outputs.made, app => app.identity)
    // what a private app says is only heard through the gateway
    probes: toObject(
      apps.outputs.made,
      app => app.id,
      app => privateNetwork || !empty(gatewayAddresses) ? app.metadata : '${app.address}/health/ready'
    )
  }
}

module siem 'siem.bicep' = if (withSiem) {
  name: 'siem'
  scope: group
  params: {
    location: location
    name: token
    tags: tags
    workspaceName: last(split(monitoring.outputs.workspaceId, '/'))
    tables: concat(['AppTraces', 'ApiManagementGatewayLogs'], tableLogs ? ['StorageTableLogs'] : [])
    network: network
  }
}

module archive 'archive.bicep' = if (archiveDays > 0) {
  name: 'archive'
  scope: group
  params: {
    location: location
    name: 'sta${token}'
    tags: tags
    network: network
    workspaceId: monitoring.outputs.workspaceId
    days: archiveDays
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output APIM_SERVICE_ID string = gateway.outputs.id
output GATEWAY_IDENTITY_CLIENT_ID string = gateway.outputs.identityClientId
output DOWNSTREAM_IDENTITIES string = join(map(apps.outputs.made, app => app.downstreamIdentity), ' ')
output KEY_VAULT_NAME string = vault.outputs.name
output FUNCTION_APPS string = join(map(apps.outputs.made, app => app.name), ' ')
output PUBLIC_BASE_URL string = publicBaseUrl
output MCP_ENDPOINTS string = join(map(tenants, tenant => '${publicBaseUrl}/${tenant.route}/mcp'), ' ')
@description('Each as backend=address.')
output DATA_STORAGES string = join(map(apps.outputs.made, app => '${app.id}=${app.dataStorage}'), ' ')
