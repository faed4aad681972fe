import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dashboards, type Panel, queries } from '../checks/dashboards.ts';
import { deployPath, deployYaml } from '../checks/deploy-file.ts';
import { unknownMetrics } from '../checks/metric-names.ts';

interface Source {
  name: string;
  uid: string;
  type: string;
}

const GRID_WIDTH = 24;
const { datasources } = deployYaml('grafana/provisioning/datasources/inspector.yaml') as { datasources: Source[] };
const all = dashboards();

test('there are the three dashboards, with ids of their own, where the provisioning looks for them', () => {
  assert.deepEqual(
    all.map(({ dashboard }) => dashboard.title),
    ['Audit in QuestDB', 'Inspector internals', 'Inspector overview'],
  );
  assert.equal(new Set(all.map(({ dashboard }) => dashboard.uid)).size, all.length);
  const { providers } = deployYaml('grafana/provisioning/dashboards/inspector.yaml') as {
    providers: { options: { path: string } }[];
  };
  const { services } = deployYaml('compose.yaml') as {
    services: { grafana: { volumes: string[]; environment: Record<string, string> } };
  };
  const { volumes, environment } = services.grafana;
  assert.ok(volumes.includes(`./grafana/dashboards:${providers[0]!.options.path}:ro`));
  const home = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH!;
  assert.ok(
    all.some(({ file }) => home === `${providers[0]!.options.path}/${file}`),
    deployPath(home),
  );
});

for (const { file, dashboard } of all) {
  test(`${file}: panels have titles, queries, sources that are provisioned, and places of their own`, () => {
    const { panels } = dashboard;
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, 'ids');
    for (const panel of panels) {
      assert.match(panel.title, /\S/, `panel ${panel.id}`);
      if (panel.type === 'row') continue;
      assertSource(panel.datasource, panel.title);
      assert.ok((panel.targets ?? []).length > 0, panel.title);
      const refs = (panel.targets ?? []).map(({ refId }) => refId);
      assert.equal(new Set(refs).size, refs.length, panel.title);
      for (const target of panel.targets ?? []) assert.deepEqual(target.datasource, panel.datasource, panel.title);
    }
    const titles = panels.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length, 'no title twice');
    for (const variable of dashboard.templating.list) assertSource(variable.datasource, variable.name);
  });

  test(`${file}: panels fit the grid and do not overlap`, () => {
    const { panels } = dashboard;
    for (const [index, one] of panels.entries()) {
      const { x, y, w, h } = one.gridPos;
      assert.ok(x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= GRID_WIDTH, one.title);
      for (const other of panels.slice(index + 1)) {
        assert.ok(!overlap(one, other), `${one.title} and ${other.title} overlap`);
      }
    }
  });

  test(`${file}: the variables that queries use are there, and are used`, () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const text = JSON.stringify([dashboard.panels, dashboard.templating.list]);
    const used = [...text.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name]) => name!);
    assert.deepEqual(new Set(used), new Set(names));
  });
}

test('every metric of the dashboards is in docs/metrics.md, with the labels it has', () => {
  for (const { panel, text } of queries('expr')) assert.deepEqual(unknownMetrics(text), [], panel);
});

function assertSource(source: { type: string; uid: string } | undefined, where: string): void {
  const found = datasources.find(({ uid }) => uid === source?.uid);
  assert.ok(found, `${where}: no source ${source?.uid} is provisioned`);
  assert.equal(source?.type, found.type, where);
}

function overlap({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
