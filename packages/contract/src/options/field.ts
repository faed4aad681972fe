/**
 * How an option field is declared. Beside JSON Schema's own keywords each field carries its unit (`x-unit`) and, where it
 * is a limit, which direction is stricter (`x-stricter`) and whether 0 switches it off (`x-zero-is-off`). The docs and
 * Studio's editor are made from these, and overrides are resolved by them.
 */
import Type from 'typebox';

/**
 * Which value of a limit is the stricter one; `null` is no limit and overrides freely. Of switches `true` is the higher, of
 * named values the later one, of lists the one that holds the other.
 */
export type Stricter = 'lower' | 'higher' | null;

interface Declared {
  default: unknown;
  description: string;
  stricter?: Stricter;
}
interface DeclaredNumber extends Declared {
  default: number;
  unit: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum: number;
  /** 0 switches the limit off, which is the loosest value. */
  zeroIsOff?: boolean;
}

const keywordsOf = ({ stricter, ...rest }: Declared) => ({ ...rest, 'x-stricter': stricter ?? null });

const numberKeywords = ({ unit, zeroIsOff, ...rest }: DeclaredNumber) => ({
  ...keywordsOf(rest),
  ...(rest.minimum === undefined ? {} : { minimum: rest.minimum }),
  ...(rest.exclusiveMinimum === undefined ? {} : { exclusiveMinimum: rest.exclusiveMinimum }),
  maximum: rest.maximum,
  'x-unit': unit,
  'x-zero-is-off': zeroIsOff ?? false,
});

export const numberField = (declared: DeclaredNumber) => Type.Number(numberKeywords(declared));
export const integerField = (declared: DeclaredNumber) => Type.Integer(numberKeywords(declared));
export const booleanField = (declared: Declared & { default: boolean }) => Type.Boolean(keywordsOf(declared));
export const enumField = <Value extends string>(values: readonly Value[], declared: Declared & { default: Value }) =>
  Type.Enum([...values], keywordsOf(declared));
export const textField = (
  declared: Declared & { default: string; pattern?: string; maxLength: number; 'x-expects'?: string },
) => Type.String(keywordsOf(declared) as Type.TStringOptions);

/** Assets or symbols that one list may hold; far more than a venue trades. */
const maxListItems = 5000;

export const listField = (
  declared: Declared & { default: string[]; itemDescription: string; itemMaxLength: number },
) => {
  const { itemDescription, itemMaxLength, ...rest } = declared;
  const item = Type.String({ minLength: 1, maxLength: itemMaxLength, description: itemDescription });
  return Type.Array(item, { ...keywordsOf(rest), maxItems: maxListItems, 'x-unit': 'list' });
};
