import { BoxError } from '../box-error.ts';
import type { Body } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { type Condition, condition } from '../store/condition.ts';
import { type Expression, invalidQuery, type Operator } from './query-language.ts';
import type { Field, FieldType, Template } from './template.ts';
import { timeOf } from './values.ts';

/** What a comparison is about: a field of the template, or one of the item itself. */
type Subject =
  | { kind: 'field'; field: Field }
  | { kind: 'item'; column: string; type: 'string' | 'number' | 'time' };

/** Members of items that queries may name, and their columns. */
const itemFields: Readonly<Record<string, [string, 'string' | 'number' | 'time']>> = {
  'item.id': ['i.id', 'number'],
  'item.name': ['i.name', 'string'],
  'item.description': ['i.description', 'string'],
  'item.size': ['i.size', 'number'],
  'item.created_at': ['i.created_at', 'time'],
  'item.modified_at': ['i.modified_at', 'time'],
  'item.content_created_at': ['i.content_created_at', 'time'],
  'item.content_modified_at': ['i.content_modified_at', 'time'],
  'item.created_by': ['i.created_by', 'number'],
  'item.modified_by': ['i.modified_by', 'number'],
  'item.owned_by': ['i.owner_id', 'number'],
};

/**
 * A query as a condition on the instance `m` and its item `i`. What a field without a value is
 * compared with, the answer is neither yes nor no, as in SQL: `NOT` does not find it either.
 *
 * @throws BoxError 400 `invalid_query` or `unexpected_json_type`
 */
export function conditionOf(
  expression: Expression,
  template: Template,
  parameters: Body,
): Condition {
  const reader = new Reader(template, parameters);
  return reader.read(expression, false);
}

/** A field to sort by, as an SQL expression. @throws BoxError 400 for one that cannot be */
export function sortTerm(key: unknown, template: Template): Condition {
  const subject = subjectOf(textOf(key), template);
  if (subject.kind === 'item') return condition(subject.column);
  const { field } = subject;
  if (!['string', 'float', 'date'].includes(field.type)) {
    throw invalidQuery(`'${field.key}' is of a type that cannot be sorted`);
  }
  return condition(
    '(SELECT value FROM metadata_values WHERE instance_id = m.id AND field = ?)',
    field.key,
  );
}

class Reader {
  readonly #template: Template;
  readonly #parameters: Body;

  constructor(template: Template, parameters: Body) {
    this.#template = template;
    this.#parameters = parameters;
  }

  /** Negation goes down to the comparisons, which know what is without a value. */
  read(expression: Expression, isNegated: boolean): Condition {
    switch (expression.kind) {
      case 'not':
        return this.read(expression.operand, !isNegated);
      case 'null':
        return this.#isNull(expression.field, isNegated);
      case 'compare': {
        const subject = subjectOf(expression.field, this.#template);
        const matches = this.#compare(subject, expression.operator, expression.parameters);
        if (!isNegated) return matches;
        const isOpposite = condition(`NOT (${matches.sql})`, ...matches.values);
        return subject.kind === 'item'
          ? isOpposite
          : joined('AND', this.#hasValue(subject.field), isOpposite);
      }
      default: {
        const isAnd = (expression.kind === 'and') !== isNegated;
        const left = this.read(expression.left, isNegated);
        return joined(isAnd ? 'AND' : 'OR', left, this.read(expression.right, isNegated));
      }
    }
  }

  #isNull(name: string, isNegated: boolean): Condition {
    const subject = subjectOf(name, this.#template);
    if (subject.kind === 'item')
      return condition(`${subject.column} IS ${isNegated ? 'NOT ' : ''}NULL`);
    const { sql, values } = this.#hasValue(subject.field);
    return isNegated ? condition(sql, ...values) : condition(`NOT (${sql})`, ...values);
  }

  #hasValue(field: Field): Condition {
    return this.#instancesWith(field, condition('1'));
  }

  #instancesWith(field: Field, { sql, values }: Condition): Condition {
    return condition(
      `m.id IN (SELECT instance_id FROM metadata_values
                WHERE template_id = ? AND field = ? AND (${sql}))`,
      this.#template.id,
      field.key,
      ...values,
    );
  }

  #compare(subject: Subject, operator: Operator, names: readonly string[]): Condition {
    const given = names.map((name) => this.#argument(name));
    if (subject.kind === 'item') {
      const values = given.map((value) => itemArgument(subject.type, value));
      return valueCondition(subject.column, operator, values);
    }
    const { field } = subject;
    if (operator.startsWith('HAS')) return this.#has(field, operator, given.flat());
    if (field.type === 'multiSelect' || field.type === 'taxonomy') {
      return this.#sameChoices(field, operator, given.flat());
    }
    const values = given.flatMap((value) =>
      operator === 'IN' && Array.isArray(value) ? value : [value],
    );
    const read = values.map((value) => fieldArgument(field.type, value));
    return this.#instancesWith(field, valueCondition('value', operator, read));
  }

  #has(field: Field, operator: Operator, given: readonly unknown[]): Condition {
    const isTree = operator === 'HASANCESTOR';
    const fits = isTree
      ? field.type === 'taxonomy'
      : ['multiSelect', 'taxonomy'].includes(field.type);
    if (!fits) throw invalidQuery(`${operator} cannot be used with '${field.key}'`);
    const values = given.map((value) => fieldArgument('string', value));
    if (isTree) return this.#instancesWith(field, condition(belowNodes(values.length), ...values));
    if (operator === 'HASANY') {
      return this.#instancesWith(field, valueCondition('value', 'IN', values));
    }
    return values
      .map((value) => this.#instancesWith(field, condition('value = ?', value)))
      .reduce((left, right) => joined('AND', left, right), condition('1'));
  }

  /** Whether these are chosen and no others, in whatever order. */
  #sameChoices(field: Field, operator: Operator, given: readonly unknown[]): Condition {
    if (operator !== '=' && operator !== '<>') {
      throw invalidQuery(`${operator} cannot be used with '${field.key}'`);
    }
    const values = given.map((value) => fieldArgument('string', value));
    const other = condition(`value NOT IN (${marks(values.length)})`, ...values);
    const { sql, values: bound } = this.#instancesWith(field, other);
    const noOther = condition(`NOT (${sql})`, ...bound);
    const same = joined('AND', this.#has(field, 'HASALL', values), noOther);
    if (operator === '=') return same;
    const different = condition(`NOT (${same.sql})`, ...same.values);
    return joined('AND', this.#hasValue(field), different);
  }

  #argument(name: string): unknown {
    const value = this.#parameters[name];
    if (value === undefined || value === null) {
      throw new BoxError('unexpected_json_type', { message: `The argument '${name}' is missing` });
    }
    return value;
  }
}

/** Whether a node is one of `count`, or lies below one. */
function belowNodes(count: number): string {
  return `value IN (
    WITH RECURSIVE below(id) AS (
      SELECT id FROM taxonomy_nodes WHERE id IN (${marks(count)})
      UNION SELECT n.id FROM taxonomy_nodes n JOIN below ON n.parent_id = below.id)
    SELECT id FROM below)`;
}

function subjectOf(name: string, template: Template): Subject {
  const item = itemFields[name];
  if (item) return { kind: 'item', column: item[0], type: item[1] };
  const field = template.fields.find(({ key }) => key === name);
  if (!field) throw invalidQuery(`'${name}' is no field of ${template.templateKey}`);
  return { kind: 'field', field };
}

function valueCondition(
  column: string,
  operator: Operator,
  values: readonly (string | number)[],
): Condition {
  const [value = ''] = values;
  switch (operator) {
    case 'IN':
      return condition(`${column} IN (${marks(values.length)})`, ...values);
    case 'LIKE':
      return condition(`${column} GLOB ?`, globOf(patternOf(value)));
    case 'ILIKE':
      return condition(`${column} LIKE ? ESCAPE '\\'`, patternOf(value));
    case 'HASANY':
    case 'HASALL':
    case 'HASANCESTOR':
      throw invalidQuery(`${operator} cannot be used here`);
    default:
      return condition(`${column} ${operator} ?`, value);
  }
}

function patternOf(value: string | number): string {
  if (typeof value !== 'string') throw invalidQuery('LIKE and ILIKE compare texts');
  return value;
}

/** SQLite's LIKE takes no notice of case; its GLOB does. */
function globOf(pattern: string): string {
  return pattern.replace(/\\(.)|[%_*?[]/gs, (piece, escaped: string | undefined) => {
    if (piece === '%') return '*';
    if (piece === '_') return '?';
    const literal = escaped ?? piece;
    return '*?['.includes(literal) ? `[${literal}]` : literal;
  });
}

/** @throws BoxError 400 unless the argument is of the field's type */
function fieldArgument(type: FieldType, value: unknown): string | number {
  if (type === 'float') {
    const number = numberOf(value);
    if (number !== undefined) return number;
  } else if (type === 'date') {
    const time = timeOf(value);
    if (time !== undefined) return time;
  } else if (typeof value === 'string') {
    return value;
  }
  throw wrongType(value);
}

function itemArgument(type: 'string' | 'number' | 'time', value: unknown): string | number {
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'time') {
    const time = timeOf(value);
    if (time !== undefined) return Date.parse(time) / 1000;
  }
  const number = type === 'number' ? numberOf(value) : undefined;
  if (number !== undefined) return number;
  throw wrongType(value);
}

/** Numbers may be given as texts, as ids always are. */
function numberOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(String(value)) ? Number(value) : undefined;
}

function wrongType(value: unknown): BoxError {
  const message = `The argument ${JSON.stringify(value)} is of the wrong type`;
  return new BoxError('unexpected_json_type', { message });
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function joined(word: 'AND' | 'OR', left: Condition, right: Condition): Condition {
  return condition(`(${left.sql}) ${word} (${right.sql})`, ...left.values, ...right.values);
}
