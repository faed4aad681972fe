import type { Service } from './service.ts';
import { serviceError } from './service-error.ts';

export interface ListenAddress {
  host: string;
  /** 0 takes any free port. */
  port: number;
}

/** Listens and answers the address as it can be opened. An operating error is coded and says what to do. */
export async function listenService(app: Service, { host, port }: ListenAddress): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const address = app.server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${openableHost(host)}:${boundPort}`;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return serviceError(
        'PORT_IN_USE',
        `${host}:${port} is taken by another program. Stop that one, or choose another port.`,
      );
    case 'EACCES':
      return serviceError('PORT_FORBIDDEN', `This user may not listen on port ${port}. Choose one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return serviceError('HOST_NOT_AVAILABLE', `${host} is no address of this machine. Use 127.0.0.1 or 0.0.0.0.`);
    default:
      return error;
  }
}

function openableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
