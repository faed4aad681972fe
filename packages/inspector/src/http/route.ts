import type { Service } from '@inspector/service';

/** Adds the routes of one subject to a scope that is mounted at `/api/inspector`. */
export type AddRoutes<Ports> = (app: Service, ports: Ports) => void;

export const JSON_TYPE = 'application/json; charset=utf-8';
