import { credentialVariables, type VariableSpec, variables } from '#environment/variables.ts';
import { code, generatedNote, page, table } from './markdown.ts';

const rowsOf = (specs: Readonly<Record<string, VariableSpec>>, prefix: string): string[][] =>
  Object.entries(specs).map(([name, spec]) => [
    code(prefix + name),
    spec.default === null ? '' : code(spec.default),
    spec.secret === true ? 'yes' : '',
    spec.description,
  ]);

const intro = `Read at start. Any invalid value stops the start, with all violations listed, each with the variable's name and what to do.
An empty value counts as unset. Of a variable that is secret, \`<NAME>_FILE\` may hold the path of a file with the value instead;
secrets never appear in logs, messages or \`GET /inspector/config/runtime\`.`;

const tokens = `## Tokens and roles

\`INSPECTOR_API_TOKEN\` and \`PROVIDER_API_TOKEN\` are admin tokens in clear. \`INSPECTOR_TOKENS\` and \`PROVIDER_TOKENS\` add others by
their digest, so that the environment does not hold them: \`viewer\` reads, \`trader\` also checks, requests and renews leases,
\`operator\` also trips, closes and re-arms, \`admin\` also changes options. Each may do what the ones before it may.

\`\`\`sh
token=$(openssl rand -hex 24)
export INSPECTOR_TOKENS="operator:$(printf %s "$token" | sha256sum | cut -d' ' -f1)"
\`\`\``;

/** The whole of docs/environment.md. */
export const environmentPage = (): string =>
  page(
    '# Environment',
    generatedNote,
    intro,
    table(['variable', 'default', 'secret', 'meaning'], rowsOf(variables, '')),
    '## Live venues',
    'For every `ccxt:<exchange>:<marketType>` of `CONNECTORS`, with the name of the exchange in capitals, for example `CCXT_BINANCE_API_KEY`. Without a key only public data can be had.',
    table(['variable', 'default', 'secret', 'meaning'], rowsOf(credentialVariables, 'CCXT_<EXCHANGE>_')),
    tokens,
  );
