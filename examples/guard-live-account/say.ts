export const say = (who: string, text: string): void => {
  process.stdout.write(`  ${new Date().toTimeString().slice(0, 8)}  ${who.padEnd(10)} ${text}\n`);
};
