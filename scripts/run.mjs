// node scripts/run.mjs FILE [ARGUMENT …]: starts a TypeScript program of this checkout, whatever Node.js (20 or later) this is.
import { ensureInstalled, launch } from './launcher.mjs';

ensureInstalled();
launch(process.argv.slice(2));
