import { readdirSync } from 'node:fs';
import { deployPath, deployText } from './deploy-file.ts';

export interface Target {
  refId: string;
  datasource: { type: string; uid: string };
  expr?: string;
  rawSql?: string;
  format?: string;
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: Target[];
}

export interface Variable {
  name: string;
  query: string | { query: string };
  datasource: { type: string; uid: string };
}

export interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  templating: { list: Variable[] };
}

/** Every dashboard of grafana/dashboards, by file name. */
export function dashboards(): { file: string; dashboard: Dashboard }[] {
  const files = readdirSync(deployPath('grafana/dashboards')).sort();
  return files.map((file) => ({
    file,
    dashboard: JSON.parse(deployText(`grafana/dashboards/${file}`)) as Dashboard,
  }));
}

/** Queries of a language with the panel that they are in. */
export function queries(kind: 'expr' | 'rawSql'): { panel: string; text: string; format: string | undefined }[] {
  return dashboards().flatMap(({ dashboard }) =>
    dashboard.panels.flatMap(({ title, targets = [] }) =>
      targets.flatMap((target) =>
        target[kind] === undefined
          ? []
          : [{ panel: `${dashboard.title} / ${title}`, text: target[kind], format: target.format }],
      ),
    ),
  );
}
