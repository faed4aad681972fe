import { createCommand, runCommand } from '../command.ts';

const exits = [
  '0  the options are valid; warnings may stand on stderr',
  '2  bad usage, or options that are refused: every violation is listed',
];

export const optionsCommand = () =>
  createCommand('options', {
    summary: 'look at options',
    description: 'Options are the limits and settings that Inspector governs by; docs/options.md lists them.',
    examples: ['inspector options check limits.json'],
    exits,
  }).addCommand(
    createCommand('check', {
      summary: 'check an options file as a whole',
      description:
        'Checks a JSON file of options as the start and PUT /inspector/options would, and lists every violation.',
      examples: ['inspector options check limits.json && INSPECTOR_OPTIONS_FILE=limits.json inspector up'],
      exits,
    })
      .argument('<file>', 'options as JSON, all or some of them')
      .action((file) =>
        runCommand('options check', async () => {
          const { checkOptions } = await import('./check-options.ts');
          checkOptions(file);
        }),
      ),
  );
