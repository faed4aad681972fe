// The local venue, which ends with the process that started it.
process.once('disconnect', () => process.exit());
await import('@inspector/fake-venue/main');
