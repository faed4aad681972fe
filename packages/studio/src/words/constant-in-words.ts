/** `ORDER_SENT` is "order sent". */
export const constantInWords = (constant: string): string => constant.toLowerCase().replaceAll('_', ' ');
