import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type RestError, useStudioData } from '#data/index.ts';
import { Badge, Button, Choice, Waiting } from '#design/index.ts';
import { codeName } from '#words/code-names.ts';
import { formatCount, formatMoment, formatMoney, formatPercent } from '#words/format.ts';
import type { JsonObject } from './option-tree.ts';
import { type DifferingRequest, type ShadowPicture, shadowPicture, shadowSentence } from './shadow-words.ts';

const HOUR_MS = 3_600_000;
const spans = [
  { value: '1', label: 'Last hour' },
  { value: '24', label: 'Last day' },
  { value: '168', label: 'Last 7 days' },
] as const;
type Span = (typeof spans)[number]['value'];

/** Differing decisions that are listed; the sentence counts them all. */
const LISTED = 50;

interface ShadowReportProps {
  /** Of the dry run; it has a comparison where the Inspector makes them. */
  answer: unknown;
  edited: JsonObject;
}

/** What the edited options would have done with what has been recorded. */
export function ShadowReport({ answer, edited }: ShadowReportProps) {
  const tried = shadowPicture((answer as { shadow?: unknown } | undefined)?.shadow);
  return (
    <section className="options-shadow" aria-label="Shadow comparison">
      {tried === null ? (
        <p className="soft">This Inspector does not compare options with past decisions.</p>
      ) : (
        <Comparison tried={tried} edited={edited} />
      )}
    </section>
  );
}

/** The dry run's comparison, and those of other times that are asked for. */
function Comparison({ tried, edited }: { tried: ShadowPicture; edited: JsonObject }) {
  const { rest, inspectorPath, clock } = useStudioData();
  const [span, setSpan] = useState<Span>('24');
  const asked = useMutation<unknown, RestError, Span>({
    mutationFn: (hours) => {
      const to = clock.now();
      const body = { options: edited, from: to - Number(hours) * HOUR_MS, to };
      return rest(inspectorPath('/shadow'), { method: 'POST', body });
    },
  });
  return (
    <>
      <header className="options-shadow-head">
        <h3>With these options in the past</h3>
        <Choice label="Time that is compared" value={span} options={spans} onChange={setSpan} />
        <Button size="small" isDisabled={asked.isPending} onPress={() => asked.mutate(span)}>
          {asked.isPending ? 'Comparing …' : 'Compare'}
        </Button>
      </header>
      {asked.isPending ? (
        <Waiting height={96} label="Comparing" />
      ) : asked.error !== null ? (
        <p className="soft">
          The comparison failed: {asked.error.message} <code>{asked.error.code}</code>
        </p>
      ) : (
        <Picture picture={shadowPicture(asked.data) ?? tried} />
      )}
    </>
  );
}

function Picture({ picture }: { picture: ShadowPicture }) {
  const { from, to, trips, closedTrades, realizedPnlUsd, maxDrawdownPct, list, exactness } = picture;
  const money = (value: number) => `${formatMoney(value, { sign: true })} USD`;
  return (
    <>
      <p>
        {shadowSentence(picture)}
        {from !== null && to !== null && (
          <span className="faint">
            {' '}
            {formatMoment(from)} to {formatMoment(to)}.
          </span>
        )}
      </p>
      <table className="options-changes" aria-label="Results compared">
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">As it was</th>
            <th scope="col">With these options</th>
          </tr>
        </thead>
        <tbody>
          <Compared name="Closed trades" pair={closedTrades} words={formatCount} />
          <Compared name="Realised result, net" pair={realizedPnlUsd} words={money} />
          <Compared name="Worst drawdown" pair={maxDrawdownPct} words={(value) => `${formatPercent(value)} %`} />
          {trips.map(({ code, before, after }) => (
            <Compared key={code} name={`Trips of ${codeName(code)}`} pair={{ before, after }} words={formatCount} />
          ))}
        </tbody>
      </table>
      {list.length > 0 && <Differing list={list} />}
      {exactness !== null && <p className="faint">{exactness}</p>}
    </>
  );
}

interface ComparedProps {
  name: string;
  pair: { before: number; after: number } | null;
  words(value: number): string;
}

function Compared({ name, pair, words }: ComparedProps) {
  if (pair === null) return null;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{words(pair.before)}</td>
      <td className="number">
        {pair.before === pair.after ? <span className="faint">the same</span> : words(pair.after)}
      </td>
    </tr>
  );
}

function Differing({ list }: { list: readonly DifferingRequest[] }) {
  const verdict = (each: DifferingRequest['before']) =>
    each === null ? (
      <span className="faint">not decided</span>
    ) : (
      <>
        <Badge tone={each.decision === 'ALLOW' ? 'good' : 'alert'}>{each.decision}</Badge>{' '}
        {each.decision === 'ALLOW' ? '' : codeName(each.code)}
      </>
    );
  return (
    <details>
      <summary>Decisions that would have been others</summary>
      <table className="options-changes" aria-label="Decisions that differ">
        <tbody>
          {list.slice(0, LISTED).map((request) => (
            <tr key={request.requestId}>
              <th scope="row" className="mono">
                {request.symbol === null ? '' : `${request.symbol} `}
                {request.requestId}
              </th>
              <td>{verdict(request.before)}</td>
              <td>{verdict(request.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.length > LISTED && <p className="faint">and {formatCount(list.length - LISTED)} more</p>}
    </details>
  );
}
