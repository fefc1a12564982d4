// Streams for a security information system: tables of the workspace go to Event Hubs as they arrive, and the apps send the
// audit trail.
import { Network } from 'types.bicep'

param location string
param name string
param tags object
param workspaceName string
param tables string[]
param network Network

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'evhns-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: 1 }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
  }

  // the export of a workspace comes as a trusted service
  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
      defaultAction: network.private ? 'Deny' : 'Allow'
      trustedServiceAccessEnabled: true
    }
  }

  resource log 'eventhubs' = {
    name: 'log'
    properties: { partitionCount: 4, messageRetentionInDays: 7 }
  }

  resource trail 'eventhubs' = {
    name: 'trail'
    properties: { partitionCount: 4, messageRetentionInDays: 7 }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName

  resource export 'dataExports' = {
    name: 'siem'
    properties: {
      tableNames: tables
      enable: true
      destination: { resourceId: namespace.id, metaData: { eventHubName: namespace::log.name } }
    }
  }
}

module endpoint 'private-endpoint.bicep' = if (network.private) {
  name: 'endpoint-${name}-namespace'
  params: {
    location: location
    name: namespace.name
    tags: tags
    subnet: network.endpointsSubnet
    target: namespace.id
    part: 'namespace'
    zone: network.zones.?namespace ?? ''
  }
}

output name string = namespace.name
