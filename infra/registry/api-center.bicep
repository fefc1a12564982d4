// The service's entry in an API Center that is there already: what server.json says of it, and where one customer's clients
// find its endpoints. Written again with every deployment; infra/pipeline/enter-service.sh runs it.
@description('Name of the API Center.')
param center string

@description('Host name of the gateway.')
param host string

@description('Route of the customer.')
param route string

@description('Where this deployment is.')
param stage 'production' | 'staging' | 'testing' | 'development' = 'production'

var entry = loadJsonContent('server.json')
var environmentId = '/workspaces/default/environments/${stage}'

resource service 'Microsoft.ApiCenter/services@2024-06-01-preview' existing = {
  name: center
}

resource workspace 'Microsoft.ApiCenter/services/workspaces@2024-06-01-preview' existing = {
  parent: service
  name: 'default'
}

resource environment 'Microsoft.ApiCenter/services/workspaces/environments@2024-06-01-preview' = {
  parent: workspace
  name: stage
  properties: { title: stage, kind: stage }
}

resource api 'Microsoft.ApiCenter/services/workspaces/apis@2024-06-01-preview' = {
  parent: workspace
  name: '${last(split(entry.name, '/'))}-${route}'
  properties: {
    title: '${entry.title} (${route})'
    summary: entry.description
    kind: 'mcp'
    externalDocumentation: [{ title: entry.title, url: entry.websiteUrl }]
  }
}

resource version 'Microsoft.ApiCenter/services/workspaces/apis/versions@2024-06-01-preview' = {
  parent: api
  name: replace(entry.version, '.', '-')
  properties: { title: entry.version, lifecycleStage: 'production' }
}

resource definition 'Microsoft.ApiCenter/services/workspaces/apis/versions/definitions@2024-06-01-preview' = {
  parent: version
  name: 'endpoints'
  properties: { title: 'Streamable HTTP' }
}

resource endpoints 'Microsoft.ApiCenter/services/workspaces/apis/deployments@2024-06-01-preview' = [
  for (remote, index) in entry.remotes: {
    parent: api
    name: 'endpoint-${index}'
    properties: {
      title: replace(replace(remote.url, '{host}', host), '{route}', route)
      environmentId: environmentId
      definitionId: '/workspaces/default/apis/${api.name}/versions/${version.name}/definitions/${definition.name}'
      state: 'active'
      server: { runtimeUri: [replace(replace(remote.url, '{host}', host), '{route}', route)] }
    }
    dependsOn: [environment]
  }
]
