import type { Value } from '../represent/values.ts';
import type { View } from '../represent/view.ts';
import { kinds } from '../store/rows.ts';
import { representBase } from './represent-instance.ts';
import { classificationField, classificationKey } from './template.ts';

/** `fields=metadata.<scope>.<key>[.<field>]`. */
interface AskedInstance {
  scope: string;
  key: string;
  /** One value alone; `undefined`: all of them. */
  field: string | undefined;
}

const start = 'metadata.';

/** The member `metadata` of an item, with the instances that `names` ask for. */
export function metadataValue(names: Iterable<string>): Value | undefined {
  const asked = [...names].flatMap((name): AskedInstance[] => {
    if (!name.startsWith(start)) return [];
    const [scope = '', key = '', ...field] = name.slice(start.length).split('.');
    return [{ scope, key, field: field.length === 0 ? undefined : field.join('.') }];
  });
  if (asked.length === 0) return undefined;
  return (item, view) => {
    if (item.kind === kinds.web_link) return undefined;
    const byScope: Record<string, Record<string, Record<string, unknown>>> = {};
    for (const { scope, key, field } of asked) {
      const template = templateOf(view, scope, key);
      const instance = template && view.store.metadata.instances.get(item.id, template.id);
      if (!instance) continue;
      const { values } = instance;
      byScope[template.scope] ??= {};
      const inScope = byScope[template.scope] ?? {};
      inScope[key] = {
        ...(inScope[key] ?? representBase(instance, template, item)),
        ...(field === undefined ? values : { [field]: values[field] }),
      };
    }
    return byScope;
  };
}

/** Who looks sees global templates, and those of the own enterprise. */
function templateOf(view: View, scope: string, key: string) {
  const own = `enterprise_${view.user(view.userId)?.enterprise_id}`;
  const stored = scope === 'enterprise' ? own : scope;
  if (stored !== 'global' && stored !== own) return undefined;
  return view.store.metadata.templates.byKey(stored, key);
}

/** The colours of classifications by their `colorID`, as near as Box's pages name them. */
const colours = [
  '#fff3b2',
  '#ffd8a8',
  '#f8b4b4',
  '#d9b8f3',
  '#b4def8',
  '#a4bdf7',
  '#c1ecb9',
  '#e0e0e0',
];

/** The member `classification` of an item. https://developer.box.com/guides/metadata/classifications/ */
export const classificationValue: Value = (item, view) => {
  const template = templateOf(view, 'enterprise', classificationKey);
  const instance = template && view.store.metadata.instances.get(item.id, template.id);
  const name = instance?.values[classificationField];
  if (template === undefined || typeof name !== 'string') return null;
  const field = template.fields.find(({ key }) => key === classificationField);
  const { classification } = (field?.options?.find(({ key }) => key === name)?.staticConfig ??
    {}) as { classification?: { classificationDefinition?: string; colorID?: number } };
  return {
    name,
    definition: classification?.classificationDefinition ?? '',
    color: colours[classification?.colorID ?? 0] ?? colours[0],
  };
};
