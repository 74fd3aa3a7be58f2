/** From the text of a condition to its parts. This loads peggy, so it is imported when a condition is given. */
import peggy from 'peggy';
import { ConditionError, type Expression } from './expression.ts';
import { GRAMMAR } from './grammar.ts';

const parser = peggy.generate(GRAMMAR);

/** @throws {ConditionError} with what was expected, and where */
export function readExpression(text: string): Expression {
  try {
    return parser.parse(text) as Expression;
  } catch (error) {
    // The parser goes one step down for each parenthesis.
    if (error instanceof RangeError) throw new ConditionError('this is nested too deeply', text, 0);
    if (!(error instanceof parser.SyntaxError)) throw error;
    throw new ConditionError(messageOf(error, text), text, error.location.start.offset);
  }
}

type ParserError = InstanceType<typeof parser.SyntaxError>;

function messageOf({ expected, location, message }: ParserError, text: string): string {
  // Without a list it is one of the grammar's own messages.
  if (!expected) return message;
  const named = expected.flatMap(nameOf);
  const words = [...new Set(named)].sort((one, other) => rank(one) - rank(other));
  const list =
    words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  const [met] = /^\s*(?:[\w.-]+|\S)/.exec(text.slice(location.start.offset)) ?? [];
  return `${list} was expected here${met === undefined ? '' : `, not ${met.trim()}`}`;
}

type Expectation = NonNullable<ParserError['expected']>[number];

/** Spaces may stand nearly everywhere: saying so helps nobody. */
function nameOf(expectation: Expectation): string[] {
  if (expectation.type === 'other')
    return expectation.description === 'a space' ? [] : [quoted(expectation.description)];
  if (expectation.type === 'literal') return [quoted(expectation.text)];
  return expectation.type === 'end' ? ['the end'] : [];
}

/** What most people mean comes first. */
const ORDER = ['a ', 'in ', 'like', '"and', '"or', '"not', '","', '"("', '")"', 'the end'];

function rank(name: string): number {
  const place = ORDER.findIndex((start) => name.startsWith(start));
  return place < 0 ? ORDER.length : place;
}

/** Words and signs that stand as they are. */
function quoted(name: string): string {
  return name.length <= 3 ? `"${name}"` : name;
}
