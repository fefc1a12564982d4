// The key vault and the secrets that nobody has to know: each is made once, at random, and kept.
import { Network } from 'types.bicep'

param location string
@minLength(3)
@maxLength(24)
param name string
param tags object
param network Network
@description('Ids of the backends; each has keys of its own.')
param backends string[]
@description('Whether nobody can delete the vault for good within 90 days.')
param purgeProtection bool
@secure()
param randomOne string = newGuid()
@secure()
param randomTwo string = newGuid()
@secure()
param randomThree string = newGuid()

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
    // the gateway reads its named values as a trusted service
    networkAcls: { bypass: 'AzureServices', defaultAction: network.private ? 'Deny' : 'Allow' }
  }
}

@onlyIfNotExists()
resource gatewayKey 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'gateway-key'
  properties: { value: '${randomOne}${uniqueString(randomTwo, 'gateway-key')}' }
}

@description('Until scripts/entra has put the real one there, nobody signs in.')
@onlyIfNotExists()
resource signIn 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'sign-in'
  properties: { value: randomThree }
}

@onlyIfNotExists()
resource stateKeys 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [
  for backend in backends: {
    parent: vault
    name: 'state-signing-key-${backend}'
    properties: { value: '${guid(randomTwo, randomOne, backend)}${guid(randomOne, randomThree, backend)}' }
  }
]

@onlyIfNotExists()
resource signInKeys 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [
  for backend in backends: {
    parent: vault
    name: 'sign-in-keys-${backend}'
    properties: { value: '${guid(randomThree, randomTwo, backend)}${guid(randomTwo, randomThree, backend)}' }
  }
]

module endpoint 'private-endpoint.bicep' = if (network.private) {
  name: 'endpoint-${name}-vault'
  params: {
    location: location
    name: name
    tags: tags
    subnet: network.endpointsSubnet
    target: vault.id
    part: 'vault'
    zone: network.zones.?vault ?? ''
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
