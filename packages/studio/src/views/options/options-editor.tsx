import { useCallback, useMemo, useState } from 'react';
import { useRoute } from '#page/route.ts';
import { useMay, useSession } from '#session/session-context.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { EditBar } from './edit-bar.tsx';
import { EditorHead } from './editor-head.tsx';
import { stepsOfPath } from './field-lookup.ts';
import { FormContext } from './form-context.ts';
import { type FormGroup, fieldsByPath } from './form-field.ts';
import { GroupNav } from './group-nav.tsx';
import { GroupSection } from './group-section.tsx';
import { HistoryDialog } from './history-dialog.tsx';
import { jumpToPointer, useDeepLink } from './jump.ts';
import { pointerOf } from './option-tree.ts';
import { OverridesSection } from './overrides-section.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { matchesSearch } from './search-fields.ts';
import { type Running, useOptionsEdit } from './use-options-edit.ts';
import { useViolations } from './use-violations.ts';
import { ViolationList } from './violation-list.tsx';

type Opened = 'review' | 'history' | 'conflict' | null;

/** The whole editor: search and groups, the fields, and at the foot what was changed and what can be done about it. */
export function OptionsEditor({ groups, running }: { groups: readonly FormGroup[]; running: Running }) {
  const mayApply = useMay('admin');
  const { caller } = useSession();
  const { params } = useRoute();
  const edit = useOptionsEdit(running);
  const [search, setSearch] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  const [reason, setReason] = useState('');
  const fields = useMemo(() => fieldsByPath(groups), [groups]);
  const { violations, judge } = useViolations(fields, edit.edited);
  const linked = useMemo(
    () => (params.path === undefined ? null : pointerOf(stepsOfPath(fields, params.path))),
    [params.path, fields],
  );
  const [marked, setMarked] = useState<string | null>(linked);

  const jump = useCallback((pointer: string) => {
    setSearch('');
    setChangedOnly(false);
    setOpened(null);
    setMarked(pointer);
    jumpToPointer(pointer);
  }, []);
  useDeepLink(linked, jump);

  const changedPointers = useMemo(() => new Set(edit.changes.map(({ pointer }) => pointer)), [edit.changes]);
  const shown = useMemo(
    () =>
      groups.map((group) => ({
        ...group,
        fields: group.fields.filter(
          (field) =>
            matchesSearch(field, group.label, search) && (!changedOnly || changedPointers.has(pointerOf(field.steps))),
        ),
      })),
    [groups, search, changedOnly, changedPointers],
  );
  const isReadOnly = !mayApply;
  const form = useMemo(
    () => ({ fields, groups, edit, violations, isReadOnly, marked, search, changedOnly }),
    [fields, groups, edit, violations, isReadOnly, marked, search, changedOnly],
  );
  const found = shown.reduce((sum, group) => sum + group.fields.length, 0);

  return (
    <FormContext value={form}>
      <div className="options">
        <EditorHead
          search={search}
          onSearch={setSearch}
          found={found}
          changedOnly={changedOnly}
          onChangedOnly={setChangedOnly}
          onHistory={() => setOpened('history')}
          readerRole={mayApply ? null : caller.role}
        />
        <GroupNav shown={shown} onJump={jump} />
        <div className="options-groups">
          <ViolationList violations={violations} onJump={jump} />
          {found === 0 && (
            <p className="options-nothing">
              {changedOnly ? 'No changed field outside of overrides.' : `No field matches “${search}”.`}
            </p>
          )}
          {shown.map((group) => group.fields.length > 0 && <GroupSection key={group.name} group={group} />)}
          <OverridesSection />
        </div>
        <EditBar onReview={() => setOpened('review')} onConflict={() => setOpened('conflict')} onJump={jump} />
      </div>
      {opened === 'review' && (
        <ReviewDialog
          reason={reason}
          onReason={setReason}
          onJudged={judge}
          onJump={jump}
          onConflict={() => setOpened('conflict')}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === 'conflict' && edit.conflict !== null && <ConflictDialog onClose={() => setOpened(null)} />}
      {opened === 'history' && (
        <HistoryDialog
          onClose={() => setOpened(null)}
          onTaken={(version) => {
            setReason(`Back to version ${version}.`);
            setOpened(null);
          }}
        />
      )}
    </FormContext>
  );
}
