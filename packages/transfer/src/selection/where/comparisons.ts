/** What can be compared with what: for each type of field, a test made of a comparison, or why there is none. */
import picomatch from 'picomatch';
import { parseDuration, parseSize } from '../quantities.ts';
import type { Comparison, FieldWord, Operator, ValueWord } from './expression.ts';
import { type Span, spanOf } from './times.ts';

/** What the values of a field are. `ending`: of a name; `address`: of a person, in any case. */
export type FieldType =
  | 'text'
  | 'path'
  | 'ending'
  | 'address'
  | 'size'
  | 'number'
  | 'time'
  | 'metadata';

/** A comparison that makes no sense, and the word that is to blame. */
export class WrongComparison extends Error {
  readonly word: FieldWord;

  constructor(message: string, word: FieldWord) {
    super(message);
    this.word = word;
  }
}

type Test = (value: unknown) => boolean;

/**
 * The test of a field's value; `!=`, and what is negated, is tested like its contrary.
 * @throws {WrongComparison}
 */
export function testFor(type: FieldType, comparison: Comparison, nowMs: number): Test {
  switch (type) {
    case 'size':
      return numberTest(comparison, sizeOf);
    case 'number':
      return numberTest(comparison, wholeNumberOf);
    case 'time':
      return timeTest(comparison, nowMs);
    case 'metadata':
      return metadataTest(comparison);
    default:
      return textTest(type, comparison);
  }
}

function numberTest(
  { field, operator, values }: Comparison,
  numberOf: (word: ValueWord, field: FieldWord) => number,
): Test {
  if (operator === 'like' || operator === 'matches') {
    throw new WrongComparison(`${field.text} is no text: compare it with =, < or >`, field);
  }
  const points = values.map((word) => pointAt(numberOf(word, field)));
  return (value) =>
    typeof value === 'number' && points.some((point) => inOrder(operator, value, point));
}

function sizeOf(word: ValueWord, { text }: FieldWord): number {
  const size = word.quoted ? undefined : parseSize(word.text);
  if (size !== undefined) return size;
  const words = `${shown(word)} is no size: ${text} is compared with 10MB, 4GiB or a number of bytes`;
  throw new WrongComparison(words, word);
}

function wholeNumberOf(word: ValueWord, { text }: FieldWord): number {
  if (!word.quoted && /^\d{1,15}$/.test(word.text)) return Number(word.text);
  const words = `${shown(word)} is no whole number: ${text} is compared with 1, 2, 3 …`;
  throw new WrongComparison(words, word);
}

/** Beside a duration it is the age that is compared, beside a date the moment. */
function timeTest({ field, operator, values: [word] }: Comparison, nowMs: number): Test {
  if (operator === 'like' || operator === 'matches' || operator === 'in') {
    throw new WrongComparison(`${field.text} is a time: compare it with =, < or >`, field);
  }
  const span = spanOf(word.text);
  if (span) return (time) => typeof time === 'number' && inOrder(operator, time, span);
  const ageMs = word.quoted ? undefined : parseDuration(word.text);
  if (ageMs === undefined) {
    const words = `${shown(word)} is no time: ${field.text} is compared with an age (30d, 12h) or a date (2026-01-31)`;
    throw new WrongComparison(words, word);
  }
  if (operator === '=' || operator === '!=') {
    throw new WrongComparison('an age is never met exactly: compare it with < or >', word);
  }
  const age = pointAt(ageMs);
  return (time) => typeof time === 'number' && inOrder(operator, nowMs - time, age);
}

type TextType = 'text' | 'path' | 'ending' | 'address';

function textTest(type: TextType, { field, operator, values }: Comparison): Test {
  const [first] = values;
  switch (operator) {
    case '=':
    case '!=':
    case 'in': {
      const tests = values.map(({ text }) => equalityOf(type, text));
      return (value) => typeof value === 'string' && tests.some((test) => test(value));
    }
    case 'like':
      return onText(type, globOf(type, first));
    case 'matches':
      return onText(type, regularExpressionOf(type, first));
    default: {
      const words = `${field.text} is a text, and no text is larger than another: compare it with =, in, like or matches`;
      throw new WrongComparison(words, field);
    }
  }
}

/** Of an ending the whole is wanted, as with --ext: `gz` and `tar.gz` are both endings of `a.tar.gz`. */
function equalityOf(type: TextType, text: string): (value: string) => boolean {
  if (type === 'ending') {
    const ending = text.toLowerCase().replace(/^\*?\./, '');
    return (name) => (ending === '' ? lastEnding(name) === '' : name.endsWith(`.${ending}`));
  }
  const wanted = type === 'address' ? text.toLowerCase() : text;
  return (value) => value === wanted;
}

function onText(type: TextType, test: (text: string) => boolean): Test {
  const partOf = type === 'ending' ? lastEnding : (text: string) => text;
  return (value) => typeof value === 'string' && test(partOf(value));
}

function lastEnding(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

function globOf(type: TextType, word: ValueWord): (text: string) => boolean {
  if (word.text === '') throw new WrongComparison('an empty glob matches nothing', word);
  if (word.text.includes('%') && !/[*?[{]/.test(word.text)) {
    const glob = JSON.stringify(word.text.replaceAll('%', '*'));
    throw new WrongComparison(`like takes globs, where * stands for anything: ${glob}`, word);
  }
  // In a path, * stays between two slashes; elsewhere a slash is a character like others.
  return picomatch(word.text, { dot: true, nocase: inAnyCase(type), bash: type !== 'path' });
}

function regularExpressionOf(type: TextType, word: ValueWord): (text: string) => boolean {
  const pattern = compiled(word, inAnyCase(type) ? 'iu' : 'u');
  return (text) => pattern.test(text);
}

function compiled(word: ValueWord, flags: string): RegExp {
  try {
    return new RegExp(word.text, flags);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new WrongComparison(`that is no regular expression (${words})`, word);
  }
}

function inAnyCase(type: TextType): boolean {
  return type === 'ending' || type === 'address';
}

/** What type a metadata's value has is seen when it is met, so it is the other side that says how to compare. */
function metadataTest({ operator, values }: Comparison): Test {
  const [first] = values;
  if (operator === 'like') return onAnyText(globOf('text', first));
  if (operator === 'matches') return onAnyText(regularExpressionOf('text', first));
  const tests = values.map((word) => metadataValueTest(operator, word));
  return (value) => tests.some((test) => test(value));
}

function metadataValueTest(operator: OrderOperator, word: ValueWord): Test {
  const number = word.quoted || word.text === '' ? Number.NaN : Number(word.text);
  const span = spanOf(word.text);
  const isEquality = operator === '=' || operator === '!=' || operator === 'in';
  if (!isEquality && Number.isNaN(number) && !span) {
    const words = `${shown(word)} is neither a number nor a date (2026-01-31), and no text is larger than another`;
    throw new WrongComparison(words, word);
  }
  const isSame = (text: unknown) => isEquality && text === word.text;
  return (value) => {
    if (typeof value === 'number') return inOrder(operator, value, pointAt(number));
    // Of several choices, one is enough.
    if (Array.isArray(value)) return value.some(isSame);
    if (typeof value !== 'string') return false;
    return isSame(value) || (span !== undefined && inOrder(operator, Date.parse(value), span));
  };
}

function onAnyText(test: (text: string) => boolean): Test {
  return (value) => [value].flat().some((text: unknown) => typeof text === 'string' && test(text));
}

type OrderOperator = Exclude<Operator, 'like' | 'matches'>;

function pointAt(number: number): Span {
  return { start: number, end: number };
}

function inOrder(operator: OrderOperator, number: number, { start, end }: Span): boolean {
  if (Number.isNaN(number) || Number.isNaN(start)) return false;
  const isBefore = number < start;
  const isAfter = number >= end && number !== start;
  switch (operator) {
    case '<':
      return isBefore;
    case '<=':
      return !isAfter;
    case '>':
      return isAfter;
    case '>=':
      return !isBefore;
    default:
      return !isBefore && !isAfter;
  }
}

function shown({ text, quoted }: ValueWord): string {
  return quoted ? JSON.stringify(text) : text;
}
