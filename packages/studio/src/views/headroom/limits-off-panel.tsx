import { useOptions } from '#data/index.ts';
import { Panel } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { codeName } from '#words/code-names.ts';
import { type LimitOff, limitsOff } from '#words/limits-off.ts';

/** Limits that the options switch off, each with the option that sets it: what has no row above is not forgotten. */
export function LimitsOffPanel() {
  const { data } = useOptions();
  if (data === undefined) return null;
  const off = limitsOff(data.options);
  if (off.length === 0) return null;
  return (
    <Panel title="Limits that are off" note={off.length} className="headroom-off">
      <ul className="headroom-links">
        {off.map((limit) => (
          <li key={limit.code}>
            <a href={routeTo('options', { path: limit.path })}>{codeName(limit.code)}</a>
            <span className="faint">{whereWords(limit)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function whereWords({ overrides, isOffEverywhereElse }: LimitOff): string {
  if (overrides.length === 0) return '';
  return isOffEverywhereElse ? `, on for ${overrides.join(', ')}` : `, for ${overrides.join(', ')}`;
}
