import { useState } from 'react';
import { Button, Dialog } from '#design/index.ts';
import { ChangeList } from './change-list.tsx';
import { placeLabel, placeOf } from './field-lookup.ts';
import { valueWords } from './field-value.ts';
import { useForm } from './form-context.ts';
import { useOptionVersions } from './option-queries.ts';
import type { Collision } from './three-way.ts';

/** Another version came into force while this one was edited: what it changed, and what becomes of the edit. */
export function ConflictDialog({ onClose }: { onClose(): void }) {
  const { edit } = useForm();
  const { data: versions } = useOptionVersions(true);
  const [yieldTo, setYieldTo] = useState<ReadonlySet<string>>(new Set());
  const { conflict, running } = edit;
  if (conflict === null) return null;
  const newest = versions?.find(({ version }) => version === running.version);
  const choose = (pointer: string, isTheirs: boolean): void => {
    const next = new Set(yieldTo);
    if (isTheirs) next.add(pointer);
    else next.delete(pointer);
    setYieldTo(next);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={`Version ${running.version} came into force while you were editing`}
      actions={
        <div className="options-actions">
          <Button
            kind="danger-quiet"
            onPress={() => {
              edit.discard();
              onClose();
            }}
          >
            Discard my {conflict.mine.length === 1 ? 'change' : `${conflict.mine.length} changes`}
          </Button>
          <Button onPress={onClose}>Decide later</Button>
          <Button
            kind="primary"
            onPress={() => {
              edit.merge(yieldTo);
              onClose();
            }}
          >
            Put mine on top of version {running.version}
          </Button>
        </div>
      }
    >
      <p className="soft">
        Your edit is kept. {newest === undefined ? 'Somebody else' : <strong>{newest.actor}</strong>} changed{' '}
        {conflict.theirs.length === 1 ? 'one place' : `${conflict.theirs.length} places`}
        {newest?.reason === undefined ? '.' : <>, because “{newest.reason}”.</>} Nothing is applied by merging: it goes
        through a dry run again.
      </p>
      <section className="options-conflict-part">
        <h3>Changed by the other</h3>
        <ChangeList label="Changes of the other version" changes={conflict.theirs} heads={['When you began', 'Now']} />
      </section>
      <section className="options-conflict-part">
        <h3>Changed by you</h3>
        <ChangeList label="Your changes" changes={conflict.mine} heads={['When you began', 'Yours']} />
      </section>
      {conflict.collisions.length > 0 && (
        <section className="options-conflict-part">
          <h3>Both changed: choose</h3>
          {conflict.collisions.map((collision) => (
            <CollisionChoice
              key={collision.pointer}
              collision={collision}
              isTheirs={yieldTo.has(collision.pointer)}
              onChoose={choose}
            />
          ))}
        </section>
      )}
    </Dialog>
  );
}

interface CollisionChoiceProps {
  collision: Collision;
  isTheirs: boolean;
  onChoose(pointer: string, isTheirs: boolean): void;
}

function CollisionChoice({ collision: { pointer, mine, theirs }, isTheirs, onChoose }: CollisionChoiceProps) {
  const { fields } = useForm();
  const place = placeOf(fields, mine.steps);
  const option = (name: string, value: typeof mine.after, theirsChosen: boolean) => (
    <label className="options-collision-option">
      <input
        type="radio"
        name={pointer}
        checked={isTheirs === theirsChosen}
        onChange={() => onChoose(pointer, theirsChosen)}
      />
      {name}: <strong className="number">{valueWords(place.field, value)}</strong>
    </label>
  );
  return (
    <fieldset className="options-collision">
      <legend>{placeLabel(place)}</legend>
      {option('Mine', mine.after, false)}
      {option('Theirs', theirs.after, true)}
    </fieldset>
  );
}
