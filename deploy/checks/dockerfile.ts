import { deployText } from './deploy-file.ts';

export interface Instruction {
  name: string;
  /** As written, continuation lines joined. */
  text: string;
  /** `--from=…` and the like. */
  flags: Record<string, string>;
  /** The rest: a JSON array where one is written, else words. */
  words: string[];
  isExec: boolean;
}

export interface Stage {
  name: string;
  from: string;
  instructions: Instruction[];
}

/** The stages of deploy/Dockerfile, arguments filled in with their defaults. */
export function dockerfileStages(): Stage[] {
  const lines = deployText('Dockerfile')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const line of lines) {
    const filled = line.replace(/\$\{(\w+)\}/g, (all, name: string) => args[name] ?? all);
    const instruction = instructionOf(filled);
    const [first = '', , alias] = instruction.words;
    if (instruction.name === 'ARG') {
      const [name = '', value = ''] = first.split('=');
      args[name] = value;
    } else if (instruction.name === 'FROM') {
      stages.push({ name: alias ?? '', from: first, instructions: [] });
    } else {
      stages.at(-1)!.instructions.push(instruction);
    }
  }
  return stages;
}

function instructionOf(line: string): Instruction {
  const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? [];
  const flags: Record<string, string> = {};
  let text = rest;
  for (let flag = /^--([\w-]+)=(\S+)\s+/.exec(text); flag; flag = /^--([\w-]+)=(\S+)\s+/.exec(text)) {
    flags[flag[1]!] = flag[2]!;
    text = text.slice(flag[0].length);
  }
  const array = text.slice(Math.max(0, text.indexOf('[')));
  const isExec = /^(CMD )?\[/.test(text);
  return { name, text, flags, words: isExec ? (JSON.parse(array) as string[]) : text.split(/\s+/), isExec };
}

/** Whether a path of the checkout goes into the build: the last pattern of Dockerfile.dockerignore that fits decides. */
export function isInContext(path: string): boolean {
  const patterns = deployText('Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const parents = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  let isIn = true;
  for (const pattern of patterns) {
    const bare = pattern.replace(/^!/, '');
    // A folder that fits takes what is in it along.
    if (parents.some((parent) => expressionOf(bare).test(parent))) isIn = pattern.startsWith('!');
  }
  return isIn;
}

/** Docker's patterns, whose `*` takes a leading dot too. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(.*/)?';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
