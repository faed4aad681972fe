/** Why a service could not be started; `message` says what to do. */
export type ServiceErrorCode = 'TOKEN_REQUIRED' | 'PORT_IN_USE' | 'PORT_FORBIDDEN' | 'HOST_NOT_AVAILABLE';

export interface ServiceError extends Error {
  code: ServiceErrorCode;
}

export const serviceError = (code: ServiceErrorCode, message: string): ServiceError =>
  Object.assign(new Error(message), { code });
