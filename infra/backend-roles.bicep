// What the identity of one backend may do, and nothing else. docs/deploying.md lists it.
param principalId string
param backend string
param hostAccountName string
param dataAccountName string
param vaultName string
param modelAccountName string
param archiveName string
param siemName string
param schedulerName string
param seederId string

var ids = loadJsonContent('roles.json')
var secretNames = ['gateway-key', 'sign-in', 'state-signing-key-${backend}', 'sign-in-keys-${backend}']
var hostRoles = [
  'Storage Blob Data Owner'
  'Storage Queue Data Contributor'
  'Storage Table Data Contributor'
]

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: hostAccountName }
resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: dataAccountName }
resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  resource secrets 'secrets' existing = [for name in secretNames: { name: name }]
}
resource modelAccount 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = if (!empty(modelAccountName)) {
  name: empty(modelAccountName) ? 'none' : modelAccountName
}
resource archive 'Microsoft.Storage/storageAccounts@2025-01-01' existing = if (!empty(archiveName)) {
  name: empty(archiveName) ? 'none' : archiveName
}
resource siem 'Microsoft.EventHub/namespaces@2024-01-01' existing = if (!empty(siemName)) {
  name: empty(siemName) ? 'none' : siemName

  resource trail 'eventhubs' existing = { name: 'trail' }
}
resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = if (!empty(schedulerName)) {
  name: empty(schedulerName) ? 'none' : schedulerName
}

resource ofHost 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: {
    scope: hostAccount
    name: guid(hostAccount.id, backend, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ids[role])
    }
  }
]

resource ofData 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: dataAccount
  name: guid(dataAccount.id, backend, 'data')
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Storage Table Data Contributor']
    )
  }
}

resource ofSeeder 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(seederId)) {
  scope: dataAccount
  name: guid(dataAccount.id, seederId, 'seed')
  properties: {
    principalId: seederId
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Storage Table Data Contributor']
    )
  }
}

resource ofSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in secretNames: {
    scope: vault::secrets[index]
    name: guid(vault.id, name, backend)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ids['Key Vault Secrets User'])
    }
  }
]

resource ofModel 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(modelAccountName)) {
  scope: modelAccount
  name: guid(resourceGroup().id, modelAccountName, backend)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Cognitive Services OpenAI User']
    )
  }
}

// the container's policy keeps what is there from being changed, whatever a role allows
resource ofArchive 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(archiveName)) {
  scope: archive
  name: guid(resourceGroup().id, archiveName, backend)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Storage Blob Data Contributor']
    )
  }
}

// to the trail's hub alone: what the app sends is not for reading it again
resource ofSiem 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(siemName)) {
  scope: siem::trail
  name: guid(resourceGroup().id, siemName, backend)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Azure Event Hubs Data Sender']
    )
  }
}

resource ofScheduler 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerName)) {
  scope: scheduler
  name: guid(resourceGroup().id, schedulerName, backend)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Durable Task Data Contributor']
    )
  }
}
