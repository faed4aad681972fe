/** No answer is given. */
export class NoAnswer extends Error {
  readonly cut: boolean;
  constructor(cut: boolean) {
    super('no answer');
    this.name = 'NoAnswer';
    this.cut = cut;
  }
}
