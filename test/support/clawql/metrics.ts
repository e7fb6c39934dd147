const families = [
  ['clawql_native_protocol_graphql_merge_operations', 'gauge', 'Native GraphQL merged operations per sourceLabel.'],
  ['clawql_native_protocol_grpc_merge_operations', 'gauge', 'Native gRPC merged operations per sourceLabel.'],
  ['clawql_native_protocol_graphql_execute_total', 'counter', 'Total native GraphQL execute attempts per sourceLabel.'],
  ['clawql_native_protocol_grpc_execute_total', 'counter', 'Total native gRPC execute attempts per sourceLabel.'],
];

/** `GET /metrics` of a server without native sources: four families, no samples. */
export const metricsText = families
  .map(([name, type, help]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`)
  .join('\n');

/** What `CLAWQL_HEALTHZ_NATIVE_PROTOCOL_METRICS=1` adds to `GET /healthz`. */
export const nativeProtocolMetrics = {
  graphqlMergedOperations: 0,
  grpcMergedOperations: 0,
  graphqlExecuteOk: 0,
  graphqlExecuteErr: 0,
  grpcExecuteOk: 0,
  grpcExecuteErr: 0,
  graphqlBySource: {},
  grpcBySource: {},
};
