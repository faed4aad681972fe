import type { AuditRecord } from '@inspector/contract';

/** Something that is kept up to date by reading every audit record once, in order. It never looks at the engine. */
export interface AuditFold {
  apply(record: AuditRecord): void;
}
