// One API with its operations and their policies.
import { policies } from 'policies.bicep'

type Operation = {
  id: string
  method: string
  urlTemplate: string
  @description('File below apim-policies/; none for an operation that has the API’s alone.')
  policy: string?
}

@description('As apim-policies/apis.json has it.')
type Api = {
  id: string
  displayName: string
  path: string
  subscriptionRequired: bool
  policy: string?
  operations: Operation[]
}

param serviceName string
param api Api

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = { name: serviceName }

resource made 'Microsoft.ApiManagement/service/apis@2024-05-01' = {
  parent: service
  name: api.id
  properties: {
    displayName: api.displayName
    // by this text deploy:policies knows the APIs that it may remove
    description: 'Made by deploy:policies, which also removes it.'
    path: api.path
    protocols: ['https']
    subscriptionRequired: api.subscriptionRequired
  }
}

resource policy 'Microsoft.ApiManagement/service/apis/policies@2024-05-01' = if (!empty(api.?policy)) {
  parent: made
  name: 'policy'
  properties: { value: policies[?api.?policy ?? ''] ?? '', format: 'xml' }
}

resource operations 'Microsoft.ApiManagement/service/apis/operations@2024-05-01' = [
  for operation in api.operations: {
    parent: made
    name: operation.id
    properties: {
      displayName: operation.id
      method: operation.method
      urlTemplate: operation.urlTemplate
      templateParameters: []
    }
  }
]

resource operationPolicies 'Microsoft.ApiManagement/service/apis/operations/policies@2024-05-01' = [
  for (operation, index) in api.operations: if (!empty(operation.?policy)) {
    parent: operations[index]
    name: 'policy'
    properties: { value: policies[?operation.?policy ?? ''] ?? '', format: 'xml' }
  }
]
