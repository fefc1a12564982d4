// Where the gateway logs: Application Insights, for the traces, and the workspace, for the log of all requests.
param serviceName string
param insightsName string
param workspaceId string
@description('Of the gateway’s user-assigned identity; its own one unless this is given. It needs Monitoring Metrics Publisher.')
param identityClientId string = 'systemAssigned'

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = { name: serviceName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource appLogger 'Microsoft.ApiManagement/service/loggers@2024-05-01' = {
  parent: service
  name: 'applicationinsights'
  properties: {
    loggerType: 'applicationInsights'
    resourceId: insights.id
    credentials: {
      connectionString: insights.properties.ConnectionString
      identityClientId: identityClientId
    }
  }
}

resource monitorLogger 'Microsoft.ApiManagement/service/loggers@2024-05-01' = {
  parent: service
  name: 'azuremonitor'
  properties: { loggerType: 'azureMonitor' }
}

// A body that is logged is held back until it is complete: streams would stand still. So nothing of any body, anywhere.
var noBody = { headers: [], body: { bytes: 0 } }
var noBodies = { request: noBody, response: noBody }

resource appDiagnostics 'Microsoft.ApiManagement/service/diagnostics@2024-05-01' = {
  parent: service
  name: 'applicationinsights'
  properties: {
    loggerId: appLogger.id
    alwaysLog: 'allErrors'
    sampling: { samplingType: 'fixed', percentage: 100 }
    httpCorrelationProtocol: 'W3C'
    verbosity: 'information'
    logClientIp: false
    frontend: noBodies
    backend: noBodies
  }
}

resource monitorDiagnostics 'Microsoft.ApiManagement/service/diagnostics@2024-05-01' = {
  parent: service
  name: 'azuremonitor'
  properties: {
    loggerId: monitorLogger.id
    alwaysLog: 'allErrors'
    sampling: { samplingType: 'fixed', percentage: 100 }
    verbosity: 'information'
    frontend: noBodies
    backend: noBodies
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: service
  name: 'gateway'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'GatewayLogs', enabled: true }]
  }
}
