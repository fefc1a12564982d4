// What the gateway serves: named values, backends, fragments, the policy of all APIs, and the APIs. All of it comes from
// apim-policies/; a changed file there changes the deployment, and nothing is written twice.
import { policies } from 'policies.bicep'

param serviceName string
param identityClientId string
@description('Address of each backend, without a slash at its end, by its id.')
param addresses object
@description('Values by the name of the named value; for the others apim-policies/named-values.json has them.')
param values object
@description('Address of the secret that the gateway shows the backends.')
#disable-next-line secure-secrets-in-params // an address, not the secret
param keySecretUri string

var source = loadJsonContent('../../apim-policies/apis.json')
var namedValues = loadJsonContent('../../apim-policies/named-values.json').namedValues

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = { name: serviceName }

resource named 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = [
  for item in items(namedValues): {
    parent: service
    name: item.key
    properties: union(
      { displayName: item.key, secret: item.value.secret },
      item.value.secret
        ? { keyVault: { secretIdentifier: keySecretUri, identityClientId: identityClientId } }
        : { value: values[?item.key] ?? addresses[?item.value.?addressOf ?? ''] ?? item.value.example }
    )
  }
]

resource backends 'Microsoft.ApiManagement/service/backends@2024-05-01' = [
  for backend in source.backends: {
    parent: service
    name: backend.id
    properties: { url: addresses[backend.id], protocol: 'http', description: backend.description }
  }
]

resource fragments 'Microsoft.ApiManagement/service/policyFragments@2024-05-01' = [
  for file in filter(items(policies), file => startsWith(file.key, 'fragments/')): {
    parent: service
    name: replace(replace(file.key, 'fragments/', ''), '.xml', '')
    properties: { value: file.value, format: 'xml' }
    dependsOn: [named]
  }
]

resource global 'Microsoft.ApiManagement/service/policies@2024-05-01' = {
  parent: service
  name: 'policy'
  properties: { value: policies[source.policy], format: 'xml' }
  dependsOn: [named, fragments]
}

module apis 'api.bicep' = [
  for api in source.apis: {
    name: 'api-${api.id}'
    params: { serviceName: serviceName, api: api }
    dependsOn: [named, backends, fragments]
  }
]
