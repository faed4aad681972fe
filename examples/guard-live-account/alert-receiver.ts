import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Alert {
  severity: string;
  code: string;
  message: string;
}

/** What the receiver of ALERT_WEBHOOK_URL may be: any 2xx is a delivery. It stands for the phone in a pocket. */
export async function receiveAlerts(onAlert: (alert: Alert) => void): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    try {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      onAlert(JSON.parse(body) as Alert);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
