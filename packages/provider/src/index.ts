/** The Provider: one gateway to venues, applications and live events. See `startProvider`. */
export * from './connectors/index.ts';
export type { EventBus } from './feed/event-bus.ts';
export { APP_ACTIVE_TTL_MS, type Provider, type ProviderConfig, type ProviderPorts, startProvider } from './main.ts';
export { createDirectClient, type DirectClient } from './orders/direct-client.ts';
export { createOrderGateway, type OrderGateway } from './orders/order-gateway.ts';
export { type ProviderToken, providerToken, TOKEN_FILE } from './tokens/provider-token.ts';
export { createConnectorDirectory } from './venues/connector-directory.ts';
export { type AuditAfter, eventOfRecord } from './ws/audited-events.ts';
export { createWsServer, type WsServer } from './ws/ws-server.ts';
