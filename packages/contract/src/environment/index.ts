export { describeEnvironment } from './describe-environment.ts';
export type {
  ConnectorSpec,
  Environment,
  ListenConfig,
  LogLevel,
  TokenDigest,
  VenueCredentials,
} from './environment.ts';
export { type EnvironmentResult, readEnvironment } from './read-environment.ts';
export { isLoopbackHost } from './values.ts';
export type { EnvironmentVariables, ReadFile } from './variable-reader.ts';
export { credentialVariables, type VariableName, type VariableSpec, variableNames, variables } from './variables.ts';
