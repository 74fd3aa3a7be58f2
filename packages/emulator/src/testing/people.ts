import type { BoxCalls } from './box-calls.ts';

/** A user with a token of their own, for tests. */
export interface Person {
  id: string;
  login: string;
  token: string;
}

/** Makes a managed user of the emulator's enterprise. */
export async function colleague({ call, emulator }: BoxCalls, name: string): Promise<Person> {
  const login = `${name.toLowerCase()}@example.test`;
  const { json, status } = await call('POST', '/users', { json: { name, login } });
  if (status !== 201) throw new Error(`a user: ${status} ${JSON.stringify(json)}`);
  return { id: json.id, login, token: emulator.issueToken({ userId: json.id }) };
}

/** Shares an item with someone, and returns the collaboration. */
export async function share(
  { call }: BoxCalls,
  item: { type: 'file' | 'folder'; id: string },
  accessibleBy: { type: 'user' | 'group'; id?: string; login?: string },
  role: string,
  more: Record<string, unknown> = {},
) {
  const body = { item, accessible_by: accessibleBy, role, ...more };
  const { status, json } = await call('POST', '/collaborations', { json: body });
  if (status !== 201) throw new Error(`a collaboration: ${status} ${JSON.stringify(json)}`);
  return json;
}
