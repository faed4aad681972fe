import type { PositionRuntimeState } from '@inspector/contract';
import { type ReactNode, useState } from 'react';
import { usePositionValue, useSetProtection, useTickSize } from '#data/index.ts';
import { Field, Icon, Money } from '#design/index.ts';
import { formatPrice } from '#words/format.ts';
import { type PositionDialogProps, ReasonField } from './close-dialog.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { type LevelChange, riskAtStop, stopChange, targetChange } from './protection-change.ts';

/** Sets stop and target by hand. Tightening is free; loosening asks for a reason. */
export function ProtectionDialog({ position, onClose, onDone }: PositionDialogProps) {
  const { positionId, symbol, side } = position;
  const tickSize = useTickSize(position);
  const [stopText, setStopText] = useState('');
  const [targetText, setTargetText] = useState('');
  const [reason, setReason] = useState('');
  const set = useSetProtection();
  const { markPrice } = usePositionValue(position);
  const stop = stopChange({ ...position, markPrice }, stopText);
  const target = targetChange({ ...position, markPrice }, targetText);
  const isLooser = stop.kind === 'looser';
  const changes = [priceOf(stop), priceOf(target)].filter((price) => price !== null).length;
  const isWrong = [stop, target].some(({ kind }) => kind === 'unreadable' || kind === 'wrong-side');
  const price = (value: number | null): string => formatPrice(value, tickSize);
  const onConfirm = (): void => {
    const stopLoss = priceOf(stop);
    const takeProfit = priceOf(target);
    set.mutate(
      {
        positionId,
        ...(stopLoss === null ? {} : { stopLoss }),
        ...(takeProfit === null ? {} : { takeProfit }),
        ...(isLooser ? { force: true } : {}),
        ...(reason.trim() === '' ? {} : { reason }),
      },
      { onSuccess: (accepted) => onDone(`The new levels of ${symbol} are on their way to the venue.`, accepted) },
    );
  };
  return (
    <CommandDialog
      title={`Stop and target of ${symbol} ${side}`}
      confirm={isLooser ? 'Loosen the stop' : 'Set the levels'}
      danger={isLooser}
      canConfirm={changes > 0 && !isWrong && (!isLooser || reason.trim() !== '')}
      isPending={set.isPending}
      error={set.error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p className="soft">
        Mark {price(markPrice)}. A field left empty stays as it is. A stop moved by hand still tightens by breakeven and
        trail.
      </p>
      <Level
        label="Stop"
        inForce={price(position.stopLoss)}
        typed={stopText}
        onTyped={setStopText}
        change={stop}
        wrongSide={`It must be ${side === 'LONG' ? 'below' : 'above'} the mark, ${price(markPrice)}.`}
      >
        <StopConsequence position={position} change={stop} inForce={price(position.stopLoss)} />
      </Level>
      <Level
        label="Target"
        inForce={price(position.takeProfit)}
        typed={targetText}
        onTyped={setTargetText}
        change={target}
        wrongSide={`It must be ${side === 'LONG' ? 'above' : 'below'} the mark, ${price(markPrice)}.`}
      />
      <ReasonField
        reason={reason}
        onReason={setReason}
        help={isLooser ? 'A looser stop needs one. It stands in the audit record.' : 'Stands in the audit record.'}
        errors={isLooser && reason.trim() === '' ? ['Say why more shall be at risk.'] : []}
      />
    </CommandDialog>
  );
}

const priceOf = (change: LevelChange): number | null =>
  change.kind === 'free' || change.kind === 'looser' ? change.price : null;

interface LevelProps {
  label: string;
  inForce: string;
  typed: string;
  onTyped(text: string): void;
  change: LevelChange;
  wrongSide: string;
  children?: ReactNode;
}

function Level({ label, inForce, typed, onTyped, change, wrongSide, children }: LevelProps) {
  const errors =
    change.kind === 'unreadable' ? ['A price such as 61,234.5.'] : change.kind === 'wrong-side' ? [wrongSide] : [];
  return (
    <Field label={label} help={children ?? `In force: ${inForce}.`} errors={errors}>
      {(control) => (
        <input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          placeholder={inForce}
          value={typed}
          onChange={(event) => onTyped(event.target.value)}
        />
      )}
    </Field>
  );
}

interface ConsequenceProps {
  position: PositionRuntimeState;
  change: LevelChange;
  inForce: string;
}

function StopConsequence({ position, change, inForce }: ConsequenceProps) {
  if (change.kind !== 'free' && change.kind !== 'looser') {
    return (
      <>
        In force: {inForce}, at risk <Money value={position.riskUsd} />.
      </>
    );
  }
  const word = change.kind === 'looser' ? 'Looser' : position.stopLoss === null ? 'The first stop' : 'Tighter';
  return (
    <span className={change.kind === 'looser' ? 'is-warn' : 'is-good'}>
      <Icon name={change.kind === 'looser' ? 'warn' : 'check'} size={12} /> {word}: at risk{' '}
      <Money value={riskAtStop(position, change.price)} /> instead of <Money value={position.riskUsd} />.
    </span>
  );
}
