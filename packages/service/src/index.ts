/** What every HTTP service of the project has in common. See `buildService`. */

export { isLoopbackHost, type Role, roles } from '@inspector/contract';
export { buildService, type ServiceConfig, type ServiceLog } from './build-service.ts';
export { type Caller, LOCAL_CALLER } from './caller.ts';
export { type ListenAddress, listenService } from './listen.ts';
export { createMetrics, type Metrics, type Observe } from './metrics/create-metrics.ts';
export { createEventLoopDelay, type EventLoopDelay } from './metrics/event-loop-delay.ts';
export type { MetricReaders, Reading } from './metrics/metric-readers.ts';
export { registerMetricsRoute } from './metrics/register-metrics-route.ts';
export { states } from './metrics/states.ts';
export { PROBLEM_TYPE } from './problem.ts';
export { type RequestError, type RequestErrorDetails, refusedWith, requestError } from './request-error.ts';
export { isRole, type RouteRole, roleCovers } from './role.ts';
export { securePages } from './secure-pages.ts';
export { type ServedHosts, servedHosts } from './served-hosts.ts';
export type { Service, ServicePlugin } from './service.ts';
export type { ServiceError, ServiceErrorCode } from './service-error.ts';
export { findToken, type Token, tokenOf, tokensOf } from './token.ts';
export type { FinishedSpan } from './traces/finished-span.ts';
export { startTraces } from './traces/start-traces.ts';
export { traceRequests } from './traces/trace-requests.ts';
export type { Traces } from './traces/traces.ts';
