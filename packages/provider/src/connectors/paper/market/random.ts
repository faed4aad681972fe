export type RandomState = [number, number, number, number];

/** A seeded source of numbers (xoshiro128**, Blackman and Vigna): same seed, same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Waiting time of a Poisson process, in units of 1 / rate; Infinity for rate 0. */
  exponential(rate: number): number;
  /** Events of a Poisson process with this mean; meant for means below some 10. */
  poisson(mean: number): number;
  state(): RandomState;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Spreads a 32-bit seed over the four words of state (splitmix32). */
function seeded(seed: number): RandomState {
  let word = seed >>> 0;
  const next = (): number => {
    word = (word + 0x9e3779b9) >>> 0;
    let mixed = word ^ (word >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return [next(), next(), next(), next()];
}

export function createRandom(from: number | RandomState): Random {
  const words: RandomState = typeof from === 'number' ? seeded(from) : [...from];

  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(words[1], 5), 7), 9) >>> 0;
    const shifted = words[1] << 9;
    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] ^= words[2];
    words[0] ^= words[3];
    words[2] ^= shifted;
    words[3] = rotate(words[3], 11);
    return result;
  };
  const uniform = (): number => bits() / 0x1_0000_0000;

  return {
    uniform,
    // Box and Muller; the second value is thrown away so that the state is all there is to restore.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    exponential: (rate) => -Math.log(1 - uniform()) / rate,
    poisson: (mean) => {
      // Knuth: multiply uniforms until they fall under e^-mean.
      const floor = Math.exp(-mean);
      let product = uniform();
      let count = 0;
      while (product > floor) {
        product *= uniform();
        count += 1;
      }
      return count;
    },
    state: () => [words[0] >>> 0, words[1] >>> 0, words[2] >>> 0, words[3] >>> 0],
  };
}
