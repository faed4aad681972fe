/** Where an Inspector's instances meet in Redis. The braces keep the keys of one Inspector on one node of a cluster. */
export interface ReplicationKeys {
  /** Who acts: JSON of `LeaseHolder`, and gone when the lease ran out. */
  lease: string;
  /** The highest epoch that was ever granted. */
  epoch: string;
  /** The newest commit: `<epoch> <last input> <chain>`. */
  newest: string;
  /** Stream of commits. */
  journal: string;
}

export function replicationKeys(appKey: string): ReplicationKeys {
  const prefix = `inspector:{${appKey}}`;
  return {
    lease: `${prefix}:lease`,
    epoch: `${prefix}:epoch`,
    newest: `${prefix}:newest`,
    journal: `${prefix}:journal`,
  };
}
