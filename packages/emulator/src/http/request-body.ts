import type { FastifyRequest } from 'fastify';
import { type BoxError, badParameters } from '../box-error.ts';
import { parseId } from '../ids.ts';
import { textOf } from './text-of.ts';

/** A JSON object that a client sent; nothing about its members is known. */
export type Body = Readonly<Record<string, unknown>>;

/** The request's JSON object; an empty one when there is none. */
export function bodyOf(request: FastifyRequest): Body {
  return asBody(request.body) ?? {};
}

/** A value as an object, if it is one. */
export function asBody(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Body)
    : undefined;
}

/** 400: members that must be there are not; Box lists all of them. */
export function missing(...names: string[]): BoxError {
  const faults = names.map((name) => ({
    reason: 'missing_parameter' as const,
    name,
    message: `'${name}' is required`,
  }));
  return badParameters(...faults);
}

/** @throws BoxError 400 when members are left out; `parent` must have an id */
export function requireMembers(body: Body, ...names: string[]): void {
  const isThere = (name: string) =>
    name === 'parent' ? (asBody(body.parent)?.id ?? null) !== null : body[name] !== undefined;
  const absent = names.filter((name) => !isThere(name));
  if (absent.length > 0) throw missing(...absent);
}

/** 400: a member is not what it should be. */
export function invalid(name: string, value: unknown, should: string): BoxError {
  return badParameters({
    reason: 'invalid_parameter',
    name,
    message: `Invalid value '${textOf(value)}'. '${name}' ${should}`,
  });
}

/** The id of `{ parent: { id } }`. @throws BoxError 400 when it is left out */
export function parentIdOf(body: Body): unknown {
  const id = asBody(body.parent)?.id;
  if (id === undefined || id === null) throw missing('parent');
  if (parseId(id) === undefined) throw invalid('parent', id, 'must be a folder id');
  return id;
}

/** A folder's id in a member or a parameter. @throws BoxError 400 when it is none */
export function folderIdOf(name: string, value: unknown): unknown {
  if (parseId(value) === undefined) throw invalid(name, value, 'must be a folder id');
  return value;
}

/** Box's longest description. */
const maxDescriptionCharacters = 256;

/** `description`; null and nothing are `undefined`. @throws BoxError 400 when it is too long */
export function descriptionOf(body: Body): string | undefined {
  const { description } = body;
  if (description === undefined || description === null) return undefined;
  if (typeof description !== 'string' || description.length > maxDescriptionCharacters) {
    throw invalid('description', description, 'must be a text of at most 256 characters');
  }
  // The store cannot keep half of a character.
  return description.toWellFormed();
}
