// What modules hand to each other.

@export()
@description('The private network, or that there is none.')
type Network = {
  private: bool
  appsSubnet: string
  gatewaySubnet: string
  endpointsSubnet: string
  @description('Resource id of the private DNS zone, by what an endpoint leads to.')
  zones: object
}

@export()
@description('A tenant of apim-policies/tenants.json.')
type Tenant = {
  slug: string
  displayName: string
  route: string
  tenantIds: string[]
  backend: string
  plan: string
  signIn: ('remote' | 'proxy' | 'own')?
  enterprise: array?
  @description('Its own chat deployment.')
  model: string?
  @description('Who of the directories may enter; everybody when left out.')
  enter: { roles: string[]?, groups: string[]? }?
  @description('Who exchanges the service’s own tokens for those of other services.')
  exchange: { tokenEndpoint: string, clientId: string }?
  @description('What it has of all that there is.')
  tools: string[]?
  @description('Above it a change needs a second person, in dollars.')
  approveAbove: int?
}

@export()
@description('How people come to a token, as the Entra registrations say.')
type Registration = {
  @description('Address of the identity provider, without a slash at its end.')
  authority: string
  @description('Client id of the API.')
  apiClientId: string
  scopeName: string
  @description('Client id of the service’s own registration, for tenants that sign in at the proxy.')
  signInClientId: string
}

@export()
@description('Azure OpenAI, or empty texts.')
type Model = {
  endpoint: string
  chatDeployment: string
  embeddingDeployment: string
}

@export()
@description('The Durable Task Scheduler, or that the storage account is the engine.')
type Scheduler = {
  used: bool
  endpoint: string
  taskHub: string
}

@export()
@description('What is made of a backend.')
type Made = {
  id: string
  name: string
  address: string
  @description('Object id of its identity.')
  identity: string
  @description('Object id of the identity by which calls act for their users; empty: they do not.')
  downstreamIdentity: string
  dataStorage: string
  @description('An address of its first tenant that the gateway answers by itself.')
  metadata: string
}
