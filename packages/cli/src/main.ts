import { enableCompileCache } from 'node:module';
enableCompileCache();
const { upCommand } = await import('./up/up-command.ts');
process.stdout.on('error', () => {});
await upCommand().parseAsync(process.argv.slice(3), { from: 'user' });
