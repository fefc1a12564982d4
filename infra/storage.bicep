// A storage account that takes identities only: no keys, nothing public.
import { Network } from 'types.bicep'

param location string
@minLength(3)
@maxLength(24)
param name string
param tags object
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string
@description('Services that have an address in the private network: blob, queue, table.')
param parts string[]
@description('Blob containers that are made.')
param containers string[] = []
param network Network
@description('Nobody can delete the account while it is locked; take the lock away before azd down.')
param deleteLock bool = false
@description('Whether reads and deletions of tables go to the workspace.')
param tableLogs bool = false
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: network.private ? 'Deny' : 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = [for container in containers: { name: container }]
  }

  resource tables 'tableServices' = {
    name: 'default'
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  scope: account
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Tables have neither soft delete nor point-in-time restore.' }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (tableLogs) {
  scope: account::tables
  name: 'tables'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

module endpoints 'private-endpoint.bicep' = [
  for part in parts: if (network.private) {
    name: 'endpoint-${name}-${part}'
    params: {
      location: location
      name: name
      tags: tags
      subnet: network.endpointsSubnet
      target: account.id
      part: part
      zone: network.zones[?part] ?? ''
    }
  }
]

output name string = account.name
output blobAddress string = account.properties.primaryEndpoints.blob
@description('Without the slash at its end.')
output tableAddress string = 'https://${account.name}.table.${environment().suffixes.storage}'
