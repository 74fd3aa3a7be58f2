/** What metadata may hold: a text, a number, a date as text, one choice or several; `unknown` for what Box adds. */
export type MetadataValue = string | number | readonly string[];

/** Values of metadata by the keys of their fields. */
export type MetadataValues = Readonly<Record<string, MetadataValue>>;

/**
 * A template applied to an item: Box's own members, and the values beside them.
 *
 * @see https://developer.box.com/reference/resources/metadata--full/
 */
export interface BoxMetadata {
  /** `file_<id>` or `folder_<id>`. */
  readonly $parent: string;
  readonly $template: string;
  /** `global` or `enterprise_<id>`. */
  readonly $scope: string;
  /** How often it was changed. */
  readonly $version: number;
  readonly $id?: string;
  readonly $type?: string;
  readonly $typeVersion?: number;
  readonly $canEdit?: boolean;
  readonly [key: string]: unknown;
}

/** One of the values that a field of type `enum` or `multiSelect` may have. */
export interface BoxMetadataOption {
  readonly id?: string;
  readonly key: string;
  /** Of a classification only. */
  readonly staticConfig?: {
    readonly classification?: {
      readonly classificationDefinition?: string;
      /** 0 to 7: https://developer.box.com/reference/resources/classification-template/ */
      readonly colorID?: number;
    };
  };
}

/** @see https://developer.box.com/guides/metadata/fields/ */
export interface BoxMetadataField {
  readonly id?: string;
  readonly type: 'string' | 'float' | 'date' | 'enum' | 'multiSelect' | 'taxonomy' | 'integer';
  readonly key: string;
  readonly displayName: string;
  readonly hidden?: boolean;
  readonly description?: string;
  readonly options?: readonly BoxMetadataOption[];
}

/** @see https://developer.box.com/reference/resources/metadata-template/ */
export interface BoxMetadataTemplate {
  readonly type: 'metadata_template';
  readonly id: string;
  readonly scope?: string;
  readonly templateKey?: string;
  readonly displayName?: string;
  readonly hidden?: boolean;
  readonly copyInstanceOnItemCopy?: boolean;
  readonly fields?: readonly BoxMetadataField[];
}

/** @see https://developer.box.com/reference/resources/metadata-cascade-policy/ */
export interface BoxCascadePolicy {
  readonly type: 'metadata_cascade_policy';
  readonly id: string;
  readonly owner_enterprise?: { readonly type: 'enterprise'; readonly id: string };
  readonly parent?: { readonly type: 'folder'; readonly id: string };
  readonly scope?: string;
  readonly templateKey?: string;
}
