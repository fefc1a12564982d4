// Every backend of apim-policies/tenants.json, each with the tenants that it serves.
import { Network, Tenant, Registration, Model, Made } from 'types.bicep'

param location string
param backends string[]
param token string
param tags object
param network Network
@allowed(['22', '24'])
param nodeVersion string
param mostInstances int
param memoryMb int
param alwaysReady int
param tenants Tenant[]
param publicBaseUrl string
param registration Registration
param webOrigin string
param frameHostName string
param vaultName string
param insightsName string
param workspaceId string
param model Model
param modelAccountName string
param schedulerEndpoint string
param schedulerName string
param tableLogs bool
param deleteLock bool
param gatewayAddresses string[]
param seederId string
param actForUsers bool
param auditDays int
param archiveName string
param siemName string
param extraSettings object

module backend 'backend.bicep' = [
  for id in backends: {
    name: 'backend-${id}'
    params: {
      location: location
      backend: id
      token: token
      tags: tags
      network: network
      nodeVersion: nodeVersion
      mostInstances: mostInstances
      memoryMb: memoryMb
      alwaysReady: alwaysReady
      tenants: filter(tenants, tenant => tenant.backend == id)
      publicBaseUrl: publicBaseUrl
      registration: registration
      webOrigin: webOrigin
      frameHostName: frameHostName
      vaultName: vaultName
      insightsName: insightsName
      workspaceId: workspaceId
      model: model
      modelAccountName: modelAccountName
      scheduler: { used: !empty(schedulerName), endpoint: schedulerEndpoint, taskHub: id }
      schedulerName: schedulerName
      tableLogs: tableLogs
      deleteLock: deleteLock
      gatewayAddresses: gatewayAddresses
      seederId: seederId
      actForUsers: actForUsers
      auditDays: auditDays
      archiveName: archiveName
      siemName: siemName
      extraSettings: extraSettings
    }
  }
]

output made Made[] = [
  for (id, index) in backends: {
    id: id
    name: backend[index].outputs.name
    address: backend[index].outputs.address
    identity: backend[index].outputs.identity
    downstreamIdentity: backend[index].outputs.downstreamIdentity
    dataStorage: backend[index].outputs.dataStorage
    metadata: '${publicBaseUrl}/.well-known/oauth-protected-resource/${filter(tenants, tenant => tenant.backend == id)[0].route}/mcp'
  }
]
