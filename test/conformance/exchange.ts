/** A call by plain HTTP: no client of ours, nothing repeated, nothing followed. */
import type { Emulator } from '@boxhaul/emulator';
import type { DocumentedOperation } from './document.ts';
import { type Ask, filled, type Kept } from './scenario.ts';

export interface Exchanged {
  readonly status: number;
  readonly text: string;
  /** Undefined when it is not JSON. */
  readonly json: unknown;
}

/** Asks the emulator. @throws OutOfReach when something needed was not kept */
export async function exchange(
  { url, token }: Emulator,
  operation: DocumentedOperation,
  ask: Ask,
  kept: Readonly<Kept>,
): Promise<Exchanged> {
  const path = filled(operation.path, { ...kept, ...filled(ask.path ?? {}, kept) });
  const target = new URL(url + path);
  target.search = new URLSearchParams(filled(ask.query ?? {}, kept)).toString();
  const bearer = ask.token === undefined ? token : ask.token;
  const response = await fetch(target, {
    method: operation.method,
    redirect: 'manual',
    ...bodyOf(ask, kept),
    headers: {
      ...(bearer !== null && { authorization: `Bearer ${filled(bearer, kept)}` }),
      ...(ask.json !== undefined && { 'content-type': 'application/json' }),
      ...filled(ask.headers ?? {}, kept),
    },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
}

function bodyOf(ask: Ask, kept: Readonly<Kept>): Pick<RequestInit, 'body'> {
  if (ask.json !== undefined) return { body: JSON.stringify(filled(ask.json, kept)) };
  if (ask.form !== undefined) return { body: new URLSearchParams(filled(ask.form, kept)) };
  if (ask.parts !== undefined) return { body: multipart(filled(ask.parts, kept)) };
  return ask.bytes === undefined ? {} : { body: ask.bytes };
}

function multipart(parts: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (value instanceof Blob) form.append(name, value, name);
    else form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}
