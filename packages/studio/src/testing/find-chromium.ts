import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine: `CHROMIUM_PATH`, or where it is usually installed; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH: given } = process.env;
  if (given !== undefined && given !== '') return given;
  return places.find((place) => existsSync(place));
}

/** For `{ skip: chromiumMissing() }`: why tests of the page are left out, or false. */
export const chromiumMissing = (): string | false =>
  findChromium() === undefined ? 'Chromium is not installed: apt-get install chromium, or set CHROMIUM_PATH' : false;
