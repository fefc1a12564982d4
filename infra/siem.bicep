// The log as a stream for a security information system: tables of the workspace go to Event Hubs as they arrive.
param location string
param name string
param tags object
param workspaceName string
param tables string[]
param private bool

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'evhns-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: 1 }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }

  // the export of a workspace comes as a trusted service
  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      publicNetworkAccess: private ? 'Disabled' : 'Enabled'
      defaultAction: private ? 'Deny' : 'Allow'
      trustedServiceAccessEnabled: true
    }
  }

  resource hub 'eventhubs' = {
    name: 'log'
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
      destination: { resourceId: namespace.id, metaData: { eventHubName: namespace::hub.name } }
    }
  }
}
