// Azure OpenAI for the experts, reached with identities only.
import { Network } from 'types.bicep'

param location string
param name string
param tags object
param network Network
param chatModel string
param chatVersion string
@description('Thousands of tokens a minute.')
param chatCapacity int
param embeddingModel string
param embeddingVersion string
param embeddingCapacity int

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: network.private ? 'Deny' : 'Allow' }
  }

  resource chat 'deployments' = {
    name: 'chat'
    sku: { name: 'GlobalStandard', capacity: chatCapacity }
    properties: { model: { format: 'OpenAI', name: chatModel, version: chatVersion } }
  }

  resource embedding 'deployments' = {
    name: 'embedding'
    sku: { name: 'GlobalStandard', capacity: embeddingCapacity }
    properties: { model: { format: 'OpenAI', name: embeddingModel, version: embeddingVersion } }
    // the account takes one change at a time
    dependsOn: [chat]
  }
}

module endpoint 'private-endpoint.bicep' = if (network.private) {
  name: 'endpoint-${name}-account'
  params: {
    location: location
    name: name
    tags: tags
    subnet: network.endpointsSubnet
    target: account.id
    part: 'account'
    zone: network.zones.?account ?? ''
  }
}

output name string = account.name
output endpoint string = 'https://${name}.openai.azure.com'
