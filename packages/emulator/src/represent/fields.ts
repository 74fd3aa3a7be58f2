/**
 * The members that `?fields=` names, with `type` and `id`; without it, all but the `seldom` ones.
 * https://developer.box.com/guides/api-calls/request-extra-fields/
 */
export function withFields(
  members: Readonly<Record<string, unknown>>,
  fields: unknown,
  seldom: readonly string[] = [],
): Record<string, unknown> {
  const isNamed = typeof fields === 'string' && fields !== '';
  const names = isNamed ? ['type', 'id', ...fields.split(',').map((name) => name.trim())] : [];
  const isWanted = (name: string) => (isNamed ? names.includes(name) : !seldom.includes(name));
  return Object.fromEntries(Object.entries(members).filter(([name]) => isWanted(name)));
}
