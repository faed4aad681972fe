/** Regular comparison with the venue. */
export { createReconciler, type ReconcileRound, type Reconciler, type ReconcilerConfig } from './reconciler.ts';
