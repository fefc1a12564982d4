// One backend: a function app on Flex Consumption, its plan, its storage and what its identity may do.
import { Network, Tenant, Registration, Model, Scheduler } from 'types.bicep'
import { appSettings } from 'app-settings.bicep'

param location string
@description('Id of the backend, as apim-policies/tenants.json names it.')
param backend string
@description('Ends the names of its resources.')
param token string
param tags object
param network Network
@allowed(['22', '24'])
param nodeVersion string
@minValue(40)
@maxValue(1000)
param mostInstances int
param memoryMb int
@description('Instances that run without a call: of HTTP, and of jobs.')
@minValue(0)
param alwaysReady int
param tenants Tenant[]
param publicBaseUrl string
param registration Registration
param webOrigin string
param frameHostName string
param vaultName string
param insightsName string
param workspaceId string
param model Model
param modelAccountName string
param scheduler Scheduler
param schedulerName string
param tableLogs bool
param deleteLock bool
@description('Address ranges that may call the app without a private network; empty: every one, with the gateway’s key.')
param gatewayAddresses string[]
@description('Object id of whoever writes the demo data; empty: nobody.')
param seederId string
@description('Whether calls may act for their users at other services: then there is an identity for that.')
param actForUsers bool
@description('For how many days the audit trail is kept, 30 to 3,650; 0: for ever.')
param auditDays int
@description('Storage account that takes copies of sealed heads of the audit trail; empty: none.')
param archiveName string
@description('Namespace of Event Hubs that takes the audit trail; empty: none.')
param siemName string
@description('More app settings, by name.')
param extraSettings object

var packages = 'app-package'
var appName = '${take('func-${backend}', 46)}-${token}'

module hostStorage 'storage.bicep' = {
  name: 'host-storage-${backend}'
  params: {
    location: location
    name: 'sth${uniqueString(token, backend)}'
    tags: tags
    sku: 'Standard_LRS'
    parts: ['blob', 'queue', 'table']
    containers: [packages]
    network: network
    workspaceId: workspaceId
  }
}

module dataStorage 'storage.bicep' = {
  name: 'data-storage-${backend}'
  params: {
    location: location
    name: 'std${uniqueString(token, backend)}'
    tags: tags
    sku: 'Standard_ZRS'
    parts: ['table']
    network: network
    deleteLock: deleteLock
    tableLogs: tableLogs
    workspaceId: workspaceId
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: '${take('plan-${backend}', 26)}-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

// The registration of the API trusts it (docs/deploying.md), and it may do nothing else.
resource downstream 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (actForUsers) {
  name: '${take('id-users-${backend}', 100)}-${token}'
  location: location
  tags: tags
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: appName
  location: location
  tags: union(tags, { 'azd-service-name': backend })
  kind: 'functionapp,linux'
  identity: actForUsers
    ? { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { '${downstream.id}': {} } }
    : { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
    virtualNetworkSubnetId: network.private ? network.appsSubnet : null
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: empty(gatewayAddresses) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: [
        for (range, index) in gatewayAddresses: {
          name: 'gateway-${index}'
          action: 'Allow'
          priority: 100 + index
          ipAddress: range
        }
      ]
    }
    functionAppConfig: {
      runtime: { name: 'node', version: nodeVersion }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.outputs.blobAddress}${packages}'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: mostInstances
        instanceMemoryMB: memoryMb
        alwaysReady: alwaysReady == 0
          ? []
          : [{ name: 'http', instanceCount: alwaysReady }, { name: 'durable', instanceCount: alwaysReady }]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      appSettings({
        tenants: tenants
        backend: backend
        publicBaseUrl: publicBaseUrl
        registration: registration
        webOrigin: webOrigin
        frameHostName: frameHostName
        vaultUri: 'https://${vaultName}${environment().suffixes.keyvaultDns}'
        dataAddress: dataStorage.outputs.tableAddress
        hostAccount: hostStorage.outputs.name
        model: model
        scheduler: scheduler
        appName: appName
        auditDays: auditDays
        archiveName: archiveName
        siemName: siemName
        trailCopies: 'https://${archiveName}.blob.${environment().suffixes.storage}/trail'
        trailHub: 'https://${siemName}.servicebus.windows.net/trail'
      }),
      actForUsers ? { DOWNSTREAM_IDENTITY: downstream!.properties.clientId } : {},
      { APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString },
      extraSettings
    )
  }

  // publishing with a name and a password; azd, az and func publish with a token
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

module roles 'backend-roles.bicep' = {
  name: 'roles-${backend}'
  params: {
    principalId: app.identity.principalId
    backend: backend
    hostAccountName: hostStorage.outputs.name
    dataAccountName: dataStorage.outputs.name
    vaultName: vaultName
    modelAccountName: modelAccountName
    archiveName: archiveName
    siemName: siemName
    schedulerName: schedulerName
    seederId: seederId
  }
}

module endpoint 'private-endpoint.bicep' = if (network.private) {
  name: 'endpoint-${backend}-sites'
  params: {
    location: location
    name: appName
    tags: tags
    subnet: network.endpointsSubnet
    target: app.id
    part: 'sites'
    zone: network.zones.?sites ?? ''
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output identity string = app.identity.principalId
output downstreamIdentity string = actForUsers ? downstream!.properties.principalId : ''
output dataStorage string = dataStorage.outputs.tableAddress
