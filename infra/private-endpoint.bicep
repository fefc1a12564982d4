// An address in the private network for one part of a resource, and its name.
param location string
param name string
param tags object
param subnet string
@description('Resource id of what the address leads to.')
param target string
@description('The part of it: blob, queue, table, vault, sites, account, scheduler, namespace.')
param part string
param zone string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = {
  name: 'pe-${name}-${part}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnet }
    privateLinkServiceConnections: [
      { name: part, properties: { privateLinkServiceId: target, groupIds: [part] } }
    ]
  }

  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: part, properties: { privateDnsZoneId: zone } }] }
  }
}
