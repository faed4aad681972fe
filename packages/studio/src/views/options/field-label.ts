import { sentenceCase } from '#words/sentence-case.ts';

const groupLabels: Readonly<Record<string, string>> = {
  general: 'General',
  riskManagement: 'Risk',
  assetManagement: 'Assets and book',
  tradeSettings: 'Size and orders',
  strategyLogic: 'Streaks and stress',
  noTradeWindows: 'No-trade windows',
  policies: 'Policies',
  protection: 'Protection',
  overrides: 'Overrides',
};

/** Names whose words are no good label by themselves. */
const fieldLabels: Readonly<Record<string, string>> = {
  noTradeWindows: 'No-trade windows',
  targetDetectorSysname: 'Detector that is told',
  minROIThreshold: 'Least expected ROI',
  maxROIThreshold: 'Highest expected ROI',
  maxPositionHoldTime: 'Longest hold',
  nakedMaxMs: 'Longest without a stop',
  replaceMinMs: 'Least time between moves',
  confirmMs: 'Confirmation time',
  onNaked: 'When no stop can be placed',
  apiPort: 'REST port',
};

/** The unit stands beside the value, so a name need not end in it. */
const unitEndings = /(?:Percent|Usd|Ms|Seconds)(?=$|For)/;

const inWords = (name: string): string => {
  const parted = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const lower = parted.replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase());
  return sentenceCase(lower);
};

export const groupLabel = (name: string): string => groupLabels[name] ?? inWords(name);

/** `maxDailyLossPercent` is "Max daily loss". */
export const fieldLabel = (name: string): string => fieldLabels[name] ?? inWords(name.replace(unitEndings, ''));
