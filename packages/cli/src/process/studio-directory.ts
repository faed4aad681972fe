import { fileURLToPath } from 'node:url';

/** Where the page lies, in a checkout (`packages/studio/dist`) and in a packed program (`dist/studio/dist`) alike. */
export const studioDirectory = fileURLToPath(new URL('../../../studio/dist', import.meta.url));
