// API Management itself and its identity. What it serves is in contents.bicep, where it logs in logging.bicep.
import { Network } from '../types.bicep'

param location string
param name string
param tags object
param network Network
@description('Empty: Basic v2, which has no way into a private network, or else Standard v2.')
@allowed(['', 'BasicV2', 'StandardV2', 'PremiumV2'])
param tier string
param publisherName string
param publisherMail string
@description('Host name that clients use, and its certificate in a key vault; empty: the name under azure-api.net.')
param hostName string
param certificateId string
@description('The same for the frames of cards in the console; empty: they have no origin.')
param frameHostName string
param frameCertificateId string
param vaultName string
param insightsName string
param workspaceId string

var hostNames = filter(
  [
    { name: hostName, certificateId: certificateId }
    { name: frameHostName, certificateId: frameCertificateId }
  ],
  each => !empty(each.name)
)
var ids = loadJsonContent('../roles.json')
var checkedTier = network.private && tier == 'BasicV2'
  ? fail('The private network needs API Management Standard v2 or Premium v2.')
  : empty(tier) ? (network.private ? 'StandardV2' : 'BasicV2') : tier

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}'
  location: location
  tags: tags
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  resource gatewayKey 'secrets' existing = { name: 'gateway-key' }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

// the identity is there before the service, which needs minutes: time for the roles to take effect
resource mayReadKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault::gatewayKey
  name: guid(vault.id, 'gateway-key', identity.id)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ids['Key Vault Secrets User'])
  }
}

resource mayLog 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      ids['Monitoring Metrics Publisher']
    )
  }
}

resource service 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: checkedTier, capacity: 1 }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    publisherName: publisherName
    publisherEmail: publisherMail
    virtualNetworkType: network.private ? 'External' : 'None'
    virtualNetworkConfiguration: network.private ? { subnetResourceId: network.gatewaySubnet } : null
    hostnameConfigurations: empty(hostNames)
      ? null
      : map(hostNames, each => {
          type: 'Proxy'
          hostName: each.name
          keyVaultId: each.certificateId
          identityClientId: identity.properties.clientId
          defaultSslBinding: each.name == hostName
        })
  }
  dependsOn: [mayReadKey]
}

module logging 'logging.bicep' = {
  name: 'gateway-logging'
  params: {
    serviceName: service.name
    insightsName: insightsName
    workspaceId: workspaceId
    identityClientId: identity.properties.clientId
  }
  dependsOn: [mayLog]
}

output name string = service.name
output id string = service.id
output identityClientId string = identity.properties.clientId
