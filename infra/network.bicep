// The private network: one subnet for the apps, one for the gateway, one for the private endpoints.
param location string
param name string
param tags object
@description('A /24 or larger; each subnet takes a /27 of it.')
param addressSpace string

resource gatewayRules 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: 'nsg-gateway-${name}'
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-${name}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 27, 0)
          // Flex Consumption wants this delegation
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'gateway'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 27, 1)
          networkSecurityGroup: { id: gatewayRules.id }
          delegations: [{ name: 'gateway', properties: { serviceName: 'Microsoft.Web/serverFarms' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 27, 2)
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }
}

var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  sites: 'privatelink.azurewebsites.net'
  account: 'privatelink.openai.azure.com'
  scheduler: 'privatelink.durabletask.io'
  namespace: 'privatelink.servicebus.windows.net'
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zoneNames): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(zoneNames): {
    parent: zones[index]
    name: 'network'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

output appsSubnet string = network.properties.subnets[0].id
output gatewaySubnet string = network.properties.subnets[1].id
output endpointsSubnet string = network.properties.subnets[2].id
@description('Resource id of the private DNS zone, by what an endpoint leads to.')
output zones object = toObject(items(zoneNames), zone => zone.key, zone => resourceId('Microsoft.Network/privateDnsZones', zone.value))
