import { createServer } from 'node:net';
import { portVariables, type StackPorts } from '#settings.ts';
import { stackError } from '#stack-error.ts';

/**
 * The ports that the parts will have: as wanted, or any free one for 0. Throws `PORT_IN_USE` with all that are taken, each
 * with the variable that chooses another.
 */
export async function claimPorts(wanted: StackPorts, parts: readonly (keyof StackPorts)[]): Promise<StackPorts> {
  const ports = { ...wanted };
  const refused: string[] = [];
  for (const part of parts) {
    const answer = await tryPort(wanted[part]);
    if (typeof answer === 'number') ports[part] = answer;
    else {
      const variable = portVariables[part];
      refused.push(
        `${wanted[part]} of ${part} (${answer}): choose another with ${variable}, for example ${variable}=0`,
      );
    }
  }
  if (refused.length > 0) throw stackError('PORT_IN_USE', 'a port cannot be had, nothing was started', refused);
  return ports;
}

/** The port, or the code of what is in the way. */
function tryPort(port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: had } = server.address() as { port: number };
      server.close(() => resolve(had));
    });
  });
}
