// The alerts of docs/operations.md, from the queries on that page (alerts.json is made from them).

param location string
param name string
param tags object
param insightsId string
param workspaceId string
@description('Who is told; empty: rules fire, and nobody hears of it.')
param mail string
@description('Whether the log of table requests is kept; the rule about the trail’s table needs it.')
param tableLogs bool
@description('Addresses that answer 200 while a backend is ready, by the id of the backend.')
param probes object

@description('Object ids of the identities that remove old entries of the audit trail, and read which there are.')
param trailKeepers string[]

var alerts = loadJsonContent('alerts.json').alerts

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mail)) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'mcp'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: mail, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: if (alert.table != 'StorageTableLogs' || tableLogs) {
    name: 'alert-${alert.id}-${name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${alert.number} ${alert.title}'
      description: 'docs/operations.md, alert ${alert.number}'
      severity: alert.severity
      enabled: true
      scopes: [alert.scope == 'workspace' ? workspaceId : insightsId]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      criteria: {
        allOf: [
          {
            query: replace(alert.query, '"OBJECT-ID-OF-THE-APP"', empty(trailKeepers) ? '""' : join(map(trailKeepers, id => '"${id}"'), ', '))
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      // tables come into being with their first rows
      skipQueryValidation: true
      autoMitigate: true
      actions: { actionGroups: empty(mail) ? [] : [team.id] }
    }
  }
]

resource availability 'Microsoft.Insights/webtests@2022-06-15' = [
  for probe in items(probes): {
    name: 'ready-${probe.key}-${name}'
    location: location
    tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
    kind: 'standard'
    properties: {
      SyntheticMonitorId: 'ready-${probe.key}-${name}'
      Name: 'ready ${probe.key}'
      Kind: 'standard'
      Enabled: true
      Frequency: 300
      Timeout: 30
      RetryEnabled: true
      Locations: [{ Id: 'emea-nl-ams-azr' }, { Id: 'us-va-ash-azr' }, { Id: 'apac-sg-sin-azr' }]
      Request: { RequestUrl: probe.value, HttpVerb: 'GET', ParseDependentRequests: false }
      ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
    }
  }
]
