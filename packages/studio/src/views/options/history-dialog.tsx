import type { OptionsVersion } from '@inspector/contract';
import { useState } from 'react';
import { Badge, Button, Dialog, EmptyState, ErrorState, showToast, Time, Waiting } from '#design/index.ts';
import { ChangeList } from './change-list.tsx';
import { type Change, changesAt } from './changes.ts';
import { stepsOfPath } from './field-lookup.ts';
import { useForm } from './form-context.ts';
import type { FormField } from './form-field.ts';
import { useOptionVersions, useReadVersion } from './option-queries.ts';
import type { Json } from './option-tree.ts';

interface HistoryDialogProps {
  onClose(): void;
  /** The options of that version are the edit now. */
  onTaken(version: number): void;
}

/** Every version: who, when, why and what; and a way back, as an edit that goes through the same dry run. */
export function HistoryDialog({ onClose, onTaken }: HistoryDialogProps) {
  const { edit } = useForm();
  const { data, error, refetch } = useOptionVersions(true);
  const oldest = data?.at(-1);
  return (
    <Dialog isOpen onClose={onClose} size="side" title="Versions of the options">
      {data === undefined && error === null && <Waiting height={240} label="Reading the versions" />}
      {data === undefined && error !== null && (
        <ErrorState title="The versions cannot be read" error={error} onRetry={() => void refetch()} />
      )}
      {data?.length === 0 && (
        <EmptyState icon="history" title="The options were never changed">
          Version {edit.running.version} is in force since the start. Each change will stand here with who made it and
          why.
        </EmptyState>
      )}
      <ol className="options-history">
        {data?.map((entry) => (
          <VersionEntry key={entry.version} entry={entry} onTaken={onTaken} />
        ))}
        {oldest !== undefined && oldest.version > 1 && (
          <li className="options-history-entry">
            <div className="options-history-head">
              <strong className="number">Version {oldest.version - 1}</strong>
              <span className="faint">before the oldest change that is listed</span>
              <TakeVersion version={oldest.version - 1} onTaken={onTaken} />
            </div>
          </li>
        )}
      </ol>
    </Dialog>
  );
}

/** Null stands for a value that there was not, or is not any more. An override that came whole is told by its fields. */
function changesOf(
  fields: ReadonlyMap<string, FormField>,
  { path, from, to }: OptionsVersion['difference'][number],
): Change[] {
  const value = (given: unknown): Json | undefined => (given === null ? undefined : (given as Json));
  return changesAt(stepsOfPath(fields, path), value(from), value(to));
}

function VersionEntry({ entry, onTaken }: { entry: OptionsVersion; onTaken(version: number): void }) {
  const { edit, fields } = useForm();
  const { version, ts, actor, reason, difference } = entry;
  const isInForce = version === edit.running.version;
  return (
    <li className="options-history-entry">
      <div className="options-history-head">
        <strong className="number">Version {version}</strong>
        {isInForce && <Badge tone="good">in force</Badge>}
        <span className="soft">{actor}</span>
        <Time ts={ts} />
        {!isInForce && <TakeVersion version={version} onTaken={onTaken} />}
      </div>
      {reason !== undefined && <p className="options-history-reason">“{reason}”</p>}
      <ChangeList
        label={`Changes of version ${version}`}
        changes={difference.flatMap((each) => changesOf(fields, each))}
        heads={['Was', 'Became']}
      />
    </li>
  );
}

function TakeVersion({ version, onTaken }: { version: number; onTaken(version: number): void }) {
  const { edit, isReadOnly } = useForm();
  const read = useReadVersion();
  const [isAsking, setAsking] = useState(false);
  if (isReadOnly) return null;
  const take = (): void =>
    read.mutate(version, {
      onSuccess: ({ options }) => {
        edit.replace(options);
        onTaken(version);
        showToast({
          title: `Version ${version} is your edit now.`,
          text: 'Nothing is applied yet: review and try it first.',
        });
      },
    });
  return (
    <span className="options-history-take">
      {read.error !== null && (
        <span className="is-bad" role="alert">
          {read.error.message} <code>{read.error.code}</code>
        </span>
      )}
      {isAsking ? (
        <>
          Replaces your {edit.changes.length === 1 ? 'change' : `${edit.changes.length} changes`}.
          <Button size="small" kind="danger" onPress={take}>
            Replace
          </Button>
          <Button size="small" onPress={() => setAsking(false)}>
            Keep
          </Button>
        </>
      ) : (
        <Button
          size="small"
          isDisabled={read.isPending}
          onPress={() => (edit.changes.length > 0 ? setAsking(true) : take())}
        >
          Edit back to it
        </Button>
      )}
    </span>
  );
}
