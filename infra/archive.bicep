// A container in which nothing can be changed or deleted for some days: for copies of the audit trail.
import { Network } from 'types.bicep'

param location string
@minLength(3)
@maxLength(24)
param name string
param tags object
param network Network
param workspaceId string
@minValue(1)
param days int

var container = 'trail'

module account 'storage.bicep' = {
  name: 'archive-${name}'
  params: {
    location: location
    name: name
    tags: tags
    sku: 'Standard_ZRS'
    parts: ['blob']
    containers: [container]
    network: network
    workspaceId: workspaceId
  }
}

resource policy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-01-01' = {
  name: '${name}/default/${container}/default'
  properties: { immutabilityPeriodSinceCreationInDays: days, allowProtectedAppendWrites: false }
  dependsOn: [account]
}

output name string = name
