import type { WireAnswer, WireRequest } from '#server/wire.ts';

const TITLES: Record<number, string> = {
  403: 'Forbidden',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** What a gateway in front of a venue answers by itself. */
export function gatewayPage(status: number): WireAnswer {
  const title = `${status} ${TITLES[status] ?? 'Error'}`;
  return {
    kind: 'answer',
    status,
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  };
}

interface CallFault {
  paths?: readonly string[];
  times?: number;
}

/** Whether a fault of calls strikes this one; counts `times` down. */
export function strikesCall(fault: CallFault, { method, path }: WireRequest): boolean {
  if (fault.paths !== undefined && !fault.paths.some((part) => `${method} ${path}`.includes(part))) return false;
  return fault.times === undefined || fault.times-- > 0;
}
