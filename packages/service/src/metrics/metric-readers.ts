import type { MetricDefinition } from '@inspector/contract';

/** What is not known is left out of the answer. */
export type Known = number | null | undefined;

/** Label values of a series, in the order of the metric's labels, and its value. */
export type Reading<Labels extends readonly string[]> = readonly [
  labels: { readonly [Index in keyof Labels]: string },
  value: Known,
];

/** The value now of a metric without labels, the series of one with. */
type Reader<State, Labels extends readonly string[]> = Labels extends readonly []
  ? (state: State) => Known
  : (state: State) => Iterable<Reading<Labels>>;

type Table = Readonly<Record<string, MetricDefinition>>;

/** Names of the metrics of a type. */
export type NamesOf<Definitions extends Table, Type extends MetricDefinition['type']> = {
  [Name in keyof Definitions & string]: Definitions[Name]['type'] extends Type ? Name : never;
}[keyof Definitions & string];

/** How each counter and gauge of a table is read from plain state. None may be missing, but the one of what is left out. */
export type MetricReaders<State, Definitions extends Table> = {
  readonly [Name in Exclude<NamesOf<Definitions, 'counter' | 'gauge'>, `${string}_metrics_left_out`>]: Reader<
    State,
    Definitions[Name]['labels']
  >;
};
