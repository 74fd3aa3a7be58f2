import type { Field, FieldType, Template } from './template.ts';

/**
 * The templates that every Box has. Their ids are the same in every emulator.
 * https://developer.box.com/guides/metadata/templates/
 */

/** Takes any keys, with texts as values. */
export const propertiesKey = 'properties';
/** What skills found out about a file: a list of cards. */
export const skillsCardsKey = 'boxSkillsCards';

const field = (number: number, type: FieldType, key: string, displayName: string): Field => ({
  id: uuid(1000 + number),
  type,
  key,
  displayName,
  hidden: false,
});

/** A UUID that stays the same, from a number. */
function uuid(number: number): string {
  return `b0a7e000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

const template = (
  number: number,
  templateKey: string,
  displayName: string,
  fields: Field[],
): Template => ({
  id: uuid(number),
  scope: 'global',
  templateKey,
  displayName,
  hidden: false,
  copyInstanceOnItemCopy: true,
  fields,
  version: 0,
});

/** In the order in which they are listed. */
export const globalTemplates: readonly Template[] = [
  template(1, propertiesKey, 'Custom Metadata', []),
  template(2, skillsCardsKey, 'Box Skills Cards', []),
  template(3, 'marketingCollateral', 'Marketing Collateral', [
    field(1, 'string', 'audience', 'Audience'),
    field(2, 'string', 'campaign', 'Campaign'),
    field(3, 'float', 'budget', 'Budget'),
    field(4, 'date', 'launchDate', 'Launch Date'),
    {
      ...field(5, 'enum', 'status', 'Status'),
      options: [
        { id: uuid(2001), key: 'draft' },
        { id: uuid(2002), key: 'published' },
      ],
    },
  ]),
];
