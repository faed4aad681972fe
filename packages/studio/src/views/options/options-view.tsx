import { useMemo } from 'react';
import { useOptions } from '#data/index.ts';
import { ErrorState, Panel, Waiting } from '#design/index.ts';
import { formGroups } from './form-field.ts';
import { useOptionsSchema } from './option-queries.ts';
import type { JsonObject } from './option-tree.ts';
import { OptionsEditor } from './options-editor.tsx';
import './options.css';
import './options-fields.css';
import './options-overrides.css';
import './options-dialogs.css';

/** The options of the Inspector: read by all, changed by an admin through a dry run. */
export function OptionsView() {
  const schema = useOptionsSchema();
  const answer = useOptions();
  const groups = useMemo(() => formGroups(schema.data), [schema.data]);
  const running = useMemo(
    () =>
      answer.data === undefined
        ? null
        : { options: answer.data.options as unknown as JsonObject, version: answer.data.version },
    [answer.data],
  );
  if (running !== null && groups.length > 0) return <OptionsEditor groups={groups} running={running} />;
  const error = answer.error ?? schema.error;
  return (
    <Panel title="Options">
      {error === null ? (
        <Waiting height={420} label="Reading the options" />
      ) : (
        <ErrorState
          title="The options cannot be read"
          error={error}
          onRetry={() => void Promise.all([answer.refetch(), schema.refetch()])}
        />
      )}
    </Panel>
  );
}
