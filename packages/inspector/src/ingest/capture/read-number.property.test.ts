import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sourceOf } from './literal.ts';
import { readDecimal, readInteger } from './read-number.ts';
import { readReceiveTime } from './read-receive-time.ts';

const into = new Float64Array(2);
const source = (text: string) => sourceOf(Buffer.from(`${text}"}}\n    `));
const digits = (maxLength: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${maxLength}}$`));

test('a decimal is the same double as Number gives, or is left alone', () => {
  fc.assert(
    fc.property(digits(11), fc.option(digits(11), { nil: undefined }), (whole, fraction) => {
      const text = fraction === undefined ? whole : `${whole}.${fraction}`;
      const end = readDecimal(source(text), 0, into, 0);
      const isExact = whole.length <= 9 && (fraction?.length ?? 0) <= 9 && whole.length + (fraction?.length ?? 0) <= 15;
      assert.equal(end, isExact ? text.length : -1);
      if (isExact) assert.equal(into[0], Number(text));
    }),
    { numRuns: 5000 },
  );
});

test('an integer is the same double as Number gives, or is left alone', () => {
  fc.assert(
    fc.property(digits(18), (text) => {
      const end = readInteger(source(text), 0, into, 0);
      assert.equal(end, text.length <= 15 ? text.length : -1);
      if (end >= 0) assert.equal(into[0], Number(text));
    }),
    { numRuns: 2000 },
  );
});

test('what is no number is left alone', () => {
  for (const text of ['', '-1', '.5', 'abc', '"', ' 1']) {
    assert.equal(readDecimal(source(text), 0, into, 0), -1, text);
    assert.equal(readInteger(source(text), 0, into, 0), -1, text);
  }
  assert.equal(readDecimal(source('1.'), 0, into, 0), -1);
});

test('a receive time is its first 13 digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9][0-9]{18}$/), (text) => {
      assert.equal(readReceiveTime(sourceOf(Buffer.from(`${text} {}`)), 0, into, 0), 20);
      assert.equal(into[0], Number(text.slice(0, 13)));
    }),
  );
});

test('19 bytes of which one is no digit are no receive time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 18 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const bytes = Buffer.from('1723161255088169167 {}');
      bytes[at] = byte;
      const isDigit = byte >= 48 && byte <= 57;
      assert.equal(readReceiveTime(sourceOf(bytes), 0, into, 0) === 20, isDigit);
    }),
  );
});
