/** Regular comparison with the venue. */
export { createReconciler, type Reconciler, type ReconcilerConfig, type ReconcileRound } from './reconciler.ts';
