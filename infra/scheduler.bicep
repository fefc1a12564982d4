// The Durable Task Scheduler as the engine of jobs, with a task hub for each backend.
import { Network } from 'types.bicep'

param location string
param name string
param tags object
param network Network
param backends string[]
@allowed(['Consumption', 'Dedicated'])
param sku string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    publicNetworkAccess: network.private ? 'Disabled' : 'Enabled'
    ipAllowlist: network.private ? [] : ['0.0.0.0/0']
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
  }

  resource hubs 'taskHubs' = [for backend in backends: { name: backend }]
}

module endpoint 'private-endpoint.bicep' = if (network.private) {
  name: 'endpoint-${name}-scheduler'
  params: {
    location: location
    name: name
    tags: tags
    subnet: network.endpointsSubnet
    target: scheduler.id
    part: 'scheduler'
    zone: network.zones.?scheduler ?? ''
  }
}

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
