/** How each kind of value is written, and what it means. */
import { InputError, parseReference } from '@boxhaul/client';
import { refusedByBox } from '@boxhaul/transfer';
import { parseDuration } from '@boxhaul/transfer/quantities';
import * as z from 'zod';
import type { Column } from './verb.ts';

/** A value, or what would have been allowed. */
export type Checked = { readonly value: unknown } | { readonly allowed: string };

/** Reads one cell; an empty one is for the caller. */
export function checkCell(column: Column, text: string): Checked {
  const { schema, allowed } = kindOf(column);
  const { success, data: value } = schema.safeParse(text);
  return success ? { value } : { allowed };
}

/** What may stand in a column, for people. */
export function allowedIn(column: Column): string {
  return kindOf(column).allowed;
}

interface Kind {
  readonly schema: z.ZodType;
  readonly allowed: string;
}

function kindOf(column: Column): Kind {
  if (column.kind !== 'choice') return kinds[column.kind];
  const { choices } = column;
  return { schema: z.enum(choices), allowed: choices.join(', ') };
}

const yes = ['yes', 'true', '1'];
const no = ['no', 'false', '0'];

const kinds: Readonly<Record<Exclude<Column['kind'], 'choice'>, Kind>> = {
  text: { schema: z.string(), allowed: 'any text' },
  name: {
    schema: z.string().refine((name) => refusedByBox(name) === undefined),
    allowed: 'a name of 1 to 255 characters, without / and \\, and without a space at its end',
  },
  place: {
    schema: z.string().refine(isReference),
    allowed: 'a path from the root (/Team/Reports), an id, or an address in Box',
  },
  time: {
    schema: z.string().transform(momentIn).pipe(z.date()),
    allowed: 'a day (2030-12-31), a time (2030-12-31T18:00:00Z), or a while from now (30d)',
  },
  count: {
    schema: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    allowed: 'a whole number',
  },
  duration: {
    schema: z.string().transform(parseDuration).pipe(z.number()),
    allowed: 'a time with its unit: 12h, 30d, 2w',
  },
  flag: {
    schema: z
      .string()
      .toLowerCase()
      .pipe(z.enum([...yes, ...no]))
      .transform((word) => yes.includes(word)),
    allowed: 'yes or no',
  },
  // What is read from words and files is pairs already.
  fields: { schema: z.string().transform(() => undefined), allowed: 'name=value' },
};

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** A day ends when it is over in the time of this machine. */
function momentIn(text: string): Date | undefined {
  const whileMs = parseDuration(text);
  if (whileMs !== undefined) return new Date(Date.now() + whileMs);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return valid(new Date(`${text}T23:59:59`), text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  return isTime ? valid(new Date(text), text) : undefined;
}

/** JavaScript takes 31 February for a day in March. */
function valid(date: Date, text: string): Date | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const day = Number(text.slice(8, 10));
  const [year = 0, month = 0] = text.split('-').map(Number);
  return day <= new Date(year, month, 0).getDate() ? date : undefined;
}
