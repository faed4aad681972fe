import { alertSeverities } from '../alert-message.ts';
import { defaultTemplate } from '../render-alert.ts';
import { parseTemplate, type Template } from '../template.ts';
import { RATE_PER_MINUTE, type TargetPlace, type TargetSettings } from './alerts-config.ts';
import type { AlertsFile } from './alerts-file-schema.ts';

export type FileSettings = Pick<AlertsFile, 'severities' | 'reminders' | 'ratePerMinute' | 'template' | 'link'>;

export interface SettingsReader {
  /** Settings of a target: its own before those of the whole file before the defaults. */
  settings(given: FileSettings, at: string): Omit<TargetSettings, 'name'>;
  /** Its own name, or one that is the same after every start with the same configuration. */
  nameOf(place: TargetPlace, given?: string): string;
}

export function createSettingsReader(file: AlertsFile, fail: (path: string, message: string) => void): SettingsReader {
  const used = new Map<string, number>();
  const fileTemplate = templateOf(file.template, '/template', fail) ?? defaultTemplate;
  const fileLink = linkOf(file.link, '/link', fail) ?? null;
  return {
    settings: (given, at) => ({
      severities: given.severities ?? file.severities ?? alertSeverities,
      reminders: given.reminders ?? file.reminders ?? true,
      ratePerMinute: given.ratePerMinute ?? file.ratePerMinute ?? RATE_PER_MINUTE,
      template: templateOf(given.template, `${at}/template`, fail) ?? fileTemplate,
      link: linkOf(given.link, `${at}/link`, fail) ?? fileLink,
    }),
    nameOf(place, given) {
      if (given !== undefined) return given;
      if (place.kind === 'telegram') return `telegram:${place.chatId}`;
      const count = (used.get(place.kind) ?? 0) + 1;
      used.set(place.kind, count);
      return count === 1 ? place.kind : `${place.kind}-${count}`;
    },
  };
}

function templateOf(
  text: string | undefined,
  path: string,
  fail: (path: string, message: string) => void,
): Template | undefined {
  if (text === undefined) return undefined;
  const parsed = parseTemplate(text);
  if ('template' in parsed) return parsed.template;
  for (const problem of parsed.problems) fail(path, problem);
  return undefined;
}

function linkOf(
  text: string | undefined,
  path: string,
  fail: (path: string, message: string) => void,
): string | undefined {
  if (text === undefined || isWebAddress(text)) return text;
  fail(path, 'must be an address such as https://studio.example/');
  return undefined;
}

export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
