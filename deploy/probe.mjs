// What a supervisor asks a container, without curl: `node deploy/probe.mjs alive|commands|entries [URL]`. Exit 0: yes.
//
// alive     The process answers at all. Whatever it answers will do: a venue, Redis or QuestDB that is down is no reason to
//           end an Inspector, a restart would not bring them back and protection would pause meanwhile.
// commands  This instance is the one that commands belong to: it acts, whether or not it is well. A standby is alive and
//           says no here. While something is down people need the kill switch most, so `ok: false` is not asked for.
// entries   GET /api/inspector/health says `ready`: entries can be decided. For people and alerts.
//
// The URL defaults to the Inspector's health in this container; a Provider's is http://127.0.0.1:8081/health.
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

/** Under the shortest time that a supervisor gives a probe (10 s), so that the reason is told. */
const ANSWER_MS = 8_000;
/** An answer is a few kB; past this it is something else that answers. */
const ANSWER_CHARACTERS = 1_000_000;

const [question, given] = process.argv.slice(2);
const { env } = process;

const questions = {
  alive: () => true,
  commands: ({ startupReasons }) => !startupReasons.some((reason) => isElsewhere(reason)),
  entries: ({ ready }) => ready === true,
};

/** A stalled journal approves nothing and goes on with exits: commands still belong there. */
const isElsewhere = (reason) =>
  reason.startsWith('STANDBY') || (reason.startsWith('RUNNER_') && reason !== 'RUNNER_STALLED');

const url = given ?? `http://127.0.0.1:${env.INSPECTOR_PORT || 8008}/api/inspector/health`;

const ask = questions[question];
if (ask === undefined) end(2, `usage: probe.mjs ${Object.keys(questions).join('|')} [URL]`);

const request = get(url, { timeout: ANSWER_MS, headers: headers() }, (response) => {
  let text = '';
  response.setEncoding('utf8').on('data', (part) => {
    text += part;
    if (text.length > ANSWER_CHARACTERS) response.destroy(new Error('it does not stop answering'));
  });
  response.on('error', (error) => end(1, error.message));
  response.on('end', () => {
    if (question === 'alive') end(0, `alive (${response.statusCode})`);
    let health;
    try {
      health = JSON.parse(text);
    } catch {
      health = {};
    }
    if (!Array.isArray(health.startupReasons)) end(1, `${response.statusCode}: this is no health of an Inspector`);
    end(ask(health) ? 0 : 1, `${response.statusCode}: ${health.startupReasons.join(', ') || 'nothing is waited for'}`);
  });
});
request.on('timeout', () => request.destroy(new Error(`no answer in ${ANSWER_MS} ms`)));
request.on('error', (error) => end(1, error.message));

/** Health asks for a viewer's token where the Inspector has one; to be alive needs none. */
function headers() {
  if (question === 'alive') return {};
  const file = env.INSPECTOR_API_TOKEN_FILE;
  const token = env.INSPECTOR_API_TOKEN || (file ? readFileSync(file, 'utf8').trim() : '');
  return token === '' ? {} : { authorization: `Bearer ${token}` };
}

function end(code, message) {
  process.stdout.write(`${message}\n`);
  process.exit(code);
}
