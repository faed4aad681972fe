export { createExampleDetector, type ExampleDetector, type ExampleDetectorSettings } from './example-detector.ts';
export { exampleOptions } from './example-options.ts';
