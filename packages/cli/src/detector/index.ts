export { createExampleDetector, type ExampleDetectorSettings } from './example-detector.ts';
export { exampleOptions } from './example-options.ts';
