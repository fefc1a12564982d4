// What azd puts into the environment of a deployment: azd env set NAME value. docs/deploying.md lists the names.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')

param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
param addressSpace = readEnvironmentVariable('ADDRESS_SPACE', '10.60.0.0/24')
param gatewayTier = readEnvironmentVariable('GATEWAY_TIER', '')
param publisherName = readEnvironmentVariable('PUBLISHER_NAME')
param publisherMail = readEnvironmentVariable('PUBLISHER_MAIL')
param hostName = readEnvironmentVariable('GATEWAY_HOST_NAME', '')
param certificateId = readEnvironmentVariable('GATEWAY_CERTIFICATE_ID', '')
param frameHostName = readEnvironmentVariable('FRAME_HOST_NAME', '')
param frameCertificateId = readEnvironmentVariable('FRAME_CERTIFICATE_ID', '')
param gatewayAddresses = json(readEnvironmentVariable('GATEWAY_ADDRESSES', '[]'))

param apiClientId = readEnvironmentVariable('API_CLIENT_ID')
param scopeName = readEnvironmentVariable('SCOPE_NAME', 'mcp.access')
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param webOrigin = readEnvironmentVariable('WEB_ORIGIN', '')

param nodeVersion = readEnvironmentVariable('NODE_VERSION', '22')
param alwaysReady = int(readEnvironmentVariable('ALWAYS_READY', '1'))
param mostInstances = int(readEnvironmentVariable('MOST_INSTANCES', '100'))
param memoryMb = int(readEnvironmentVariable('MEMORY_MB', '2048'))
param actForUsers = bool(readEnvironmentVariable('ACT_FOR_USERS', 'false'))
param auditDays = int(readEnvironmentVariable('AUDIT_DAYS', '0'))
param extraSettings = json(readEnvironmentVariable('EXTRA_SETTINGS', '{}'))

param jobEngine = readEnvironmentVariable('JOB_ENGINE', 'storage')
param schedulerSku = readEnvironmentVariable('SCHEDULER_SKU', 'Consumption')

param withModel = bool(readEnvironmentVariable('WITH_MODEL', 'false'))
param modelLocation = readEnvironmentVariable('MODEL_LOCATION', '')
param chatModel = readEnvironmentVariable('CHAT_MODEL', 'gpt-4.1')
param chatVersion = readEnvironmentVariable('CHAT_VERSION', '2025-04-14')
param chatCapacity = int(readEnvironmentVariable('CHAT_CAPACITY', '50'))
param embeddingModel = readEnvironmentVariable('EMBEDDING_MODEL', 'text-embedding-3-small')
param embeddingVersion = readEnvironmentVariable('EMBEDDING_VERSION', '1')
param embeddingCapacity = int(readEnvironmentVariable('EMBEDDING_CAPACITY', '50'))

param retentionDays = int(readEnvironmentVariable('LOG_DAYS', '30'))
param alertMail = readEnvironmentVariable('ALERT_MAIL', '')
param tableLogs = bool(readEnvironmentVariable('TABLE_LOGS', 'false'))
param withSiem = bool(readEnvironmentVariable('WITH_SIEM', 'false'))
param archiveDays = int(readEnvironmentVariable('ARCHIVE_DAYS', '0'))
param deleteLock = bool(readEnvironmentVariable('DELETE_LOCK', 'false'))
param seederId = readEnvironmentVariable('SEEDER_ID', '')
