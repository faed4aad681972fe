/** A number as venues write it: a plain decimal string. */
export function text(amount: number, decimals = 8): string {
  const fixed = amount.toFixed(decimals);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}
