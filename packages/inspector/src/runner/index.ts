/** The single writer between the sources of inputs and everything that leaves. */
export type { Admission } from './admission.ts';
export { type Clock, systemClock } from './clock.ts';
export type { EngineCore, Genesis } from './engine-core.ts';
export { inspectorEngine } from './inspector-engine.ts';
export { createRunner } from './runner.ts';
export type { RunnerHealth, RunnerPhase } from './runner-health.ts';
export type { Question, Runner, RunnerConfig, RunnerLog, RunnerSinks } from './runner-port.ts';
export { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';
