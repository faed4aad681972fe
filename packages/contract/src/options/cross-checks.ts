/** What must hold between fields that are each legal by themselves, in the base and under every override. */
import { type FieldError, pointerStep } from '#validation/field-error.ts';
import type { NoTradeWindow } from './no-trade-windows.ts';
import type { Options, Override } from './schema.ts';

type Groups = Pick<Options, 'riskManagement' | 'assetManagement' | 'tradeSettings' | 'strategyLogic'>;

/** True for a name of the IANA time zone database, in any case. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 pass Intl as well, but have no rules of their own.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const groupErrors = ({ riskManagement, tradeSettings, strategyLogic }: Groups, path: string): FieldError[] => {
  const errors: FieldError[] = [];
  const { minROIThreshold: least, maxROIThreshold: most } = strategyLogic;
  if (least > 0 && most > 0 && least > most) {
    errors.push({
      path: `${path}/strategyLogic/minROIThreshold`,
      message: `must not exceed maxROIThreshold (${most} %), it is ${least} %`,
    });
  }
  if (riskManagement.takeProfitMode === 'trailing' && tradeSettings.trailingTakeProfitPercent === 0) {
    errors.push({
      path: `${path}/tradeSettings/trailingTakeProfitPercent`,
      message: 'must be above 0 while takeProfitMode is "trailing"',
    });
  }
  return errors;
};

const windowErrors = (windows: readonly NoTradeWindow[], path: string): FieldError[] =>
  windows.flatMap(({ from, to }, index) =>
    from === to
      ? [
          {
            path: `${path}/noTradeWindows/${index}/to`,
            message: 'must differ from `from`; a whole day is 00:00 to 24:00',
          },
        ]
      : [],
  );

const under = (base: Groups, override: Override): Groups => ({
  riskManagement: { ...base.riskManagement, ...override.riskManagement },
  assetManagement: { ...base.assetManagement, ...override.assetManagement },
  tradeSettings: { ...base.tradeSettings, ...override.tradeSettings },
  strategyLogic: { ...base.strategyLogic, ...override.strategyLogic },
});

interface PlacedOverride {
  path: string;
  override: Override;
}

/** Every override with its place. */
export const overridesOf = ({ overrides }: Options): PlacedOverride[] =>
  (['symbols', 'detectors', 'accounts'] as const).flatMap((kind) =>
    Object.entries(overrides[kind]).map(([name, override]) => ({
      path: `/overrides/${kind}/${pointerStep(name)}`,
      override,
    })),
  );

/** Violations between fields. What the base violates is not said again of each override. */
export function crossErrors(options: Options): FieldError[] {
  const errors: FieldError[] = [];
  const { timezone } = options.general;
  if (!isTimeZone(timezone)) {
    errors.push({
      path: '/general/timezone',
      message: `must be an IANA time zone such as UTC or Europe/Berlin, not ${JSON.stringify(timezone)}`,
    });
  }
  const base = groupErrors(options, '');
  errors.push(...base, ...windowErrors(options.noTradeWindows, ''));
  for (const { path, override } of overridesOf(options)) {
    const found = groupErrors(under(options, override), path);
    errors.push(...found.filter((error) => !base.some((known) => path + known.path === error.path)));
    errors.push(...windowErrors(override.noTradeWindows ?? [], path));
  }
  return errors;
}

/** What is legal and probably not meant. */
export function crossWarnings({ riskManagement, assetManagement, tradeSettings }: Options): FieldError[] {
  const warnings: FieldError[] = [];
  const { breakevenPercent, breakevenBufferPercent, maxCorrelatedPositions, correlatedGroups } = riskManagement;
  if (maxCorrelatedPositions > 0 && correlatedGroups.length === 0) {
    warnings.push({
      path: '/riskManagement/maxCorrelatedPositions',
      message: 'has no effect without correlatedGroups',
    });
  }
  if (breakevenPercent > 0 && -breakevenBufferPercent >= breakevenPercent) {
    warnings.push({
      path: '/riskManagement/breakevenBufferPercent',
      message: 'puts the breakeven stop at or beyond the price that arms it: the position is closed at once',
    });
  }
  if (assetManagement.restrictToPreferred && assetManagement.preferredAssets.length === 0) {
    warnings.push({ path: '/assetManagement/preferredAssets', message: 'is empty: every entry is refused' });
  }
  const { minPositionSizePercent: least, maxPositionSizePercent: most, defaultLeverage, maxLeverage } = tradeSettings;
  if (most > 0 && least > most) {
    warnings.push({
      path: '/tradeSettings/minPositionSizePercent',
      message: 'exceeds maxPositionSizePercent: every entry is refused',
    });
  }
  if (maxLeverage > 0 && defaultLeverage > maxLeverage) {
    warnings.push({
      path: '/tradeSettings/defaultLeverage',
      message: 'exceeds maxLeverage: a request without a leverage is refused',
    });
  }
  return warnings;
}
