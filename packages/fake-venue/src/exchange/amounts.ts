/** Amounts are floats, rounded to this many decimals after every sum, so that no error adds up. */
const DECIMALS = 8;

export const rounded = (amount: number): number => Number(amount.toFixed(DECIMALS)) + 0;

/** Whether the amount is a whole number of steps, but for the last bits of a float. */
export function isMultipleOf(amount: number, step: number): boolean {
  const steps = amount / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

export const floorToStep = (amount: number, step: number): number => rounded(Math.floor(amount / step + 1e-6) * step);

export const roundToStep = (amount: number, step: number): number => rounded(Math.round(amount / step) * step);

/** How many decimals a step has: 0.001 has 3. */
export function decimalsOf(step: number): number {
  const text = step.toFixed(DECIMALS).replace(/0+$/, '');
  return text.length - text.indexOf('.') - 1;
}
