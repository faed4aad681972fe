/** Where a symbol is traded. */
export interface MarketSymbol {
  connectorType: string;
  marketType: string;
  symbol: string;
}

/** `connectorType:marketType:SYMBOL`: what prices, books and scopes are named by. */
export const symbolKeyOf = ({ connectorType, marketType, symbol }: MarketSymbol): string =>
  `${connectorType}:${marketType}:${symbol}`;
