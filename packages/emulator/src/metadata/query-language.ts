import { BoxError } from '../box-error.ts';

/**
 * The language of metadata queries: `a = :x AND NOT (b IN (:y, :z) OR c IS NULL)`. `NOT` binds most
 * closely, `OR` least. Only the text is looked at here; what fields and arguments mean is not.
 * https://developer.box.com/guides/metadata/queries/syntax/
 */
export type Expression =
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; operand: Expression }
  | { kind: 'null'; field: string }
  | { kind: 'compare'; field: string; operator: Operator; parameters: string[] };

const operators = [
  '=',
  '<>',
  '<=',
  '>=',
  '<',
  '>',
  'LIKE',
  'ILIKE',
  'IN',
  'HASANY',
  'HASALL',
  'HASANCESTOR',
] as const;
/** Compares a field with arguments. */
export type Operator = (typeof operators)[number];

const token = /\s*(<>|<=|>=|[=<>(),]|:[A-Za-z_]\w*|[A-Za-z_][\w.-]*|"[^"]+")/y;

/** Reads a query. @throws BoxError 400 `invalid_query` */
export function parseQuery(text: string): Expression {
  const parser = new Parser(tokensOf(text));
  const expression = parser.either();
  parser.end();
  return expression;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (const end = text.trimEnd().length; token.lastIndex < end; ) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match?.[1]) throw invalidQuery(`'${text.slice(at).trim()}' cannot be read`);
    tokens.push(match[1]);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  either(): Expression {
    let left = this.#both();
    while (this.#takes('OR')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw invalidQuery(`'${rest}' is not expected`);
  }

  #both(): Expression {
    let left = this.#one();
    while (this.#takes('AND')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Expression {
    if (this.#takes('NOT')) return { kind: 'not', operand: this.#one() };
    if (!this.#takes('(')) return this.#comparison();
    const inner = this.either();
    this.#expect(')');
    return inner;
  }

  #comparison(): Expression {
    const field = this.#field();
    if (this.#takes('IS')) {
      const isNegated = this.#takes('NOT');
      this.#expect('NULL');
      return negatedIf(isNegated, { kind: 'null', field });
    }
    const isNegated = this.#takes('NOT');
    const operator = operators.find((one) => this.#takes(one));
    const fits = !isNegated || operator === 'LIKE' || operator === 'ILIKE' || operator === 'IN';
    if (operator === undefined || !fits) throw invalidQuery(`An operator is expected`);
    const parameters = this.#parameters(operator);
    return negatedIf(isNegated, { kind: 'compare', field, operator, parameters });
  }

  /** One argument, or a list of them in parentheses. */
  #parameters(operator: Operator): string[] {
    const takesList = operator === 'IN' || operator.startsWith('HAS');
    if (!takesList || !this.#takes('(')) return [this.#parameter()];
    const parameters = [this.#parameter()];
    while (this.#takes(',')) parameters.push(this.#parameter());
    this.#expect(')');
    return parameters;
  }

  #parameter(): string {
    const word = this.#next();
    if (!word?.startsWith(':')) throw invalidQuery(`'${word ?? ''}' is no argument`);
    return word.slice(1);
  }

  #field(): string {
    const word = this.#next();
    if (word === undefined || !/^[A-Za-z_"]/.test(word)) {
      throw invalidQuery(`'${word ?? ''}' is no field`);
    }
    return word.replaceAll('"', '');
  }

  #next(): string | undefined {
    const word = this.#tokens[this.#at];
    this.#at += 1;
    return word;
  }

  #takes(word: string): boolean {
    const isNext = this.#tokens[this.#at]?.toUpperCase() === word;
    if (isNext) this.#at += 1;
    return isNext;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw invalidQuery(`'${word}' is expected`);
  }
}

function negatedIf(isNegated: boolean, operand: Expression): Expression {
  return isNegated ? { kind: 'not', operand } : operand;
}

/** 400: a query that cannot be. */
export function invalidQuery(message: string): BoxError {
  return new BoxError('invalid_query', { message });
}
