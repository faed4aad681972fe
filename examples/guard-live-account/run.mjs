// node examples/guard-live-account/run.mjs [--script]: runs with whatever Node.js (20 or later) this is.
import { at, ensureInstalled, launch } from '../../scripts/launcher.mjs';

ensureInstalled();
launch([at('examples/guard-live-account/main.ts'), ...process.argv.slice(2)]);
