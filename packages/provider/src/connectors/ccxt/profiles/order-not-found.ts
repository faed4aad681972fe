/** In ccxt's place, where a venue answers "no such order" with an empty list. Told apart by the name of its class. */
export class OrderNotFound extends Error {
  constructor(name: string) {
    super(`the venue knows no order ${name}`);
    this.name = 'OrderNotFound';
  }
}
