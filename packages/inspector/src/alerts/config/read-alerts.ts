import { describeErrors, type Environment, type FieldError } from '@inspector/contract';
import { TELEGRAM_API_ROOT } from '../telegram/telegram-api.ts';
import {
  type AlertsConfig,
  type BotConfig,
  MAX_TARGETS,
  type TargetConfig,
  type TargetPlace,
} from './alerts-config.ts';
import {
  type AlertsFile,
  alertsFile,
  type FileTarget,
  fileTargetKind,
  fileTargets,
  type SecretRef,
} from './alerts-file-schema.ts';
import { createSettingsReader, isWebAddress } from './target-settings.ts';
import { webhookShape } from './webhook-shape.ts';

export interface AlertsSources {
  environment: Pick<Environment, 'telegram' | 'alertWebhookUrls' | 'alertWebhookSecret' | 'alertsFile'>;
  /** For `{ "env": … }`. */
  env: Readonly<Record<string, string | undefined>>;
  /** For the file itself and for `{ "file": … }`; throws when it cannot be read. */
  readFile(path: string): string;
}

export type AlertsResult = { alerts: AlertsConfig } | { errors: FieldError[] };

/**
 * Where alerts go: what plain variables name, and what `ALERTS_FILE` adds. Every violation at once, with its place in that
 * file; no message holds a secret. Never throws.
 */
export function readAlerts(sources: AlertsSources): AlertsResult {
  const errors: FieldError[] = [];
  const fail = (path: string, message: string) => void errors.push({ path, message });
  const file = readFile(sources, errors);
  const reader = createSettingsReader(file, fail);
  const plain = reader.settings({}, '');
  const targets: TargetConfig[] = [];
  const add = (place: TargetPlace) => void targets.push({ name: reader.nameOf(place), ...plain, ...place });

  const { telegram, alertWebhookUrls, alertWebhookSecret } = sources.environment;
  for (const chatId of telegram?.chatIds ?? []) {
    const { botToken, apiRoot } = telegram!;
    add({ kind: 'telegram', botToken, apiRoot: apiRoot ?? TELEGRAM_API_ROOT, chatId });
  }
  for (const [index, url] of alertWebhookUrls.entries()) {
    if (!isWebAddress(url)) {
      fail('', `entry ${index + 1} of ALERT_WEBHOOK_URL is no address`);
      continue;
    }
    const kind = webhookShape(url);
    add(kind === 'webhook-generic' ? { kind, url, secret: alertWebhookSecret } : { kind, url });
  }
  for (const [index, given] of (file.targets ?? []).entries()) {
    const at = `/targets/${index}`;
    const target = checkedTarget(given, at, errors);
    if (target === undefined) continue;
    const settings = reader.settings(target, at);
    for (const place of placesOf(target, { sources, at, fail })) {
      targets.push({ name: reader.nameOf(place, nameOf(target, place)), ...settings, ...place });
    }
  }
  if (targets.length > MAX_TARGETS)
    fail('/targets', `with those of the variables there are ${targets.length}, at most ${MAX_TARGETS} are taken`);
  refuseDoubles(targets, fail);
  return errors.length > 0 ? { errors } : { alerts: { targets, bots: botsOf(targets, file) } };
}

function readFile({ environment, readFile: read }: AlertsSources, errors: FieldError[]): AlertsFile {
  const path = environment.alertsFile;
  if (path === null) return {};
  let content: unknown;
  try {
    content = JSON.parse(read(path));
  } catch (error) {
    // A syntax error of JSON repeats what stands there, which may be a secret in the wrong place.
    const why = error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${codeOf(error)})`;
    errors.push({ path: '', message: `the file ${JSON.stringify(path)} ${why}` });
    return {};
  }
  if (alertsFile.Check(content)) return content;
  errors.push(...describeErrors(alertsFile.Errors(content)));
  // What can be read of it is looked at all the same, so that every violation is told.
  const { targets, template, link } = typeof content === 'object' && content !== null ? (content as AlertsFile) : {};
  return {
    ...(Array.isArray(targets) ? { targets: targets.slice(0, MAX_TARGETS) } : {}),
    ...(typeof template === 'string' ? { template } : {}),
    ...(typeof link === 'string' ? { link } : {}),
  };
}

function checkedTarget(given: unknown, at: string, errors: FieldError[]): FileTarget | undefined {
  if (!fileTargetKind.Check(given)) {
    errors.push(...describeErrors(fileTargetKind.Errors(given), at));
    return undefined;
  }
  const schema = fileTargets[given.kind];
  if (schema.Check(given)) return given as FileTarget;
  errors.push(...describeErrors(schema.Errors(given), at).map((error) => withHint(error, given.kind)));
  return undefined;
}

/** A secret in clear is what people try first. */
function withHint(error: FieldError, kind: string): FieldError {
  const isSecret = /\/(botToken|secret|url)$/.test(error.path) && error.message.startsWith('is none of');
  if (!isSecret) return error;
  const orText = kind === 'webhook-generic' && error.path.endsWith('/url') ? ', or an address' : '';
  return { path: error.path, message: `must be { "file": "…" } or { "env": "…" }${orText}` };
}

interface Place {
  sources: AlertsSources;
  at: string;
  fail(path: string, message: string): void;
}

function placesOf(target: FileTarget, { sources, at, fail }: Place): TargetPlace[] {
  const secret = (field: string, ref: SecretRef) =>
    secretOf(ref, sources, (message) => fail(`${at}/${field}`, message));
  const address = (ref: SecretRef | string): string | undefined => {
    const url = typeof ref === 'string' ? ref : secret('url', ref);
    if (url === undefined || isWebAddress(url)) return url;
    fail(`${at}/url`, 'must be an address such as https://hooks.example/…');
    return undefined;
  };
  switch (target.kind) {
    case 'telegram': {
      const botToken = secret('botToken', target.botToken);
      const apiRoot = target.apiRoot ?? sources.environment.telegram?.apiRoot ?? TELEGRAM_API_ROOT;
      if (!isWebAddress(apiRoot)) fail(`${at}/apiRoot`, `must be an address such as ${TELEGRAM_API_ROOT}`);
      if (botToken === undefined) return [];
      if (!/^[A-Za-z0-9:_-]{1,200}$/.test(botToken)) {
        fail(`${at}/botToken`, 'is no token of a bot');
        return [];
      }
      return target.chatIds.map((chatId) => ({ kind: 'telegram' as const, botToken, apiRoot, chatId: String(chatId) }));
    }
    case 'webhook-generic': {
      const url = address(target.url);
      const key = target.secret === undefined ? null : secret('secret', target.secret);
      return url === undefined || key === undefined ? [] : [{ kind: target.kind, url, secret: key }];
    }
    case 'webhook-slack':
    case 'webhook-discord': {
      const url = address(target.url);
      return url === undefined ? [] : [{ kind: target.kind, url }];
    }
  }
}

/** Longest secret that a file may hold; a longer one is a wrong file. */
const MAX_SECRET_CHARACTERS = 10_000;

function secretOf(
  ref: SecretRef,
  { env, readFile: read }: AlertsSources,
  fail: (message: string) => void,
): string | undefined {
  let value: string;
  if ('env' in ref) {
    value = (Object.hasOwn(env, ref.env) ? env[ref.env] : undefined)?.trim() ?? '';
    if (value === '') fail(`the variable ${ref.env} is not set`);
  } else {
    try {
      value = read(ref.file).trim();
    } catch (error) {
      fail(`the file ${JSON.stringify(ref.file)} cannot be read (${codeOf(error)})`);
      return undefined;
    }
    if (value === '') fail(`the file ${JSON.stringify(ref.file)} is empty`);
  }
  if (value.length <= MAX_SECRET_CHARACTERS) return value === '' ? undefined : value;
  fail(`is longer than ${MAX_SECRET_CHARACTERS} characters`);
  return undefined;
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}

/** A name that is given to several chats becomes one for each. */
function nameOf(target: FileTarget, place: TargetPlace): string | undefined {
  const isShared = target.kind === 'telegram' && target.chatIds.length > 1;
  return target.name !== undefined && isShared && place.kind === 'telegram'
    ? `${target.name}:${place.chatId}`
    : target.name;
}

/** The same place twice would be every alert twice. */
function refuseDoubles(targets: readonly TargetConfig[], fail: Place['fail']): void {
  const names = new Set<string>();
  const places = new Set<string>();
  for (const target of targets) {
    const place = target.kind === 'telegram' ? `${target.botToken} ${target.chatId}` : target.url;
    if (places.has(place)) fail('/targets', `${target.name} goes to the same place as another target`);
    if (names.has(target.name)) fail('/targets', `the name ${JSON.stringify(target.name)} is there twice`);
    places.add(place);
    names.add(target.name);
  }
}

function botsOf(targets: readonly TargetConfig[], { commands = {} }: AlertsFile): BotConfig[] {
  if (commands.enabled === false) return [];
  const bots = new Map<string, BotConfig & { allowedChats: string[] }>();
  const allowedUsers = commands.allowedUsers?.map(String) ?? null;
  for (const target of targets) {
    if (target.kind !== 'telegram') continue;
    const { botToken, apiRoot, chatId } = target;
    const bot = bots.get(botToken) ?? { botToken, apiRoot, allowedChats: [], allowedUsers };
    bot.allowedChats.push(chatId);
    bots.set(botToken, bot);
  }
  const chats = commands.allowedChats?.map(String);
  return [...bots.values()].map((bot) => (chats === undefined ? bot : { ...bot, allowedChats: chats }));
}
