/**
 * A form in which Box shows a file: a picture of its pages, its text, itself as a PDF.
 *
 * @see https://developer.box.com/guides/representations/
 */
export interface BoxRepresentation {
  /** `jpg`, `png`, `pdf`, `text`, `extracted_text`, `mp4`, … */
  readonly representation: string;
  /** All of them texts: `dimensions` such as `1024x1024`, `paged` and `thumb`, each `true` or `false`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly info: { readonly url: string };
  /** Only where it was asked for by a hint. `viewable`: its first part is there. */
  readonly status?: {
    readonly state: 'none' | 'pending' | 'viewable' | 'success' | 'error';
    readonly code?: string;
  };
  /** Only where it was asked for by a hint. */
  readonly content?: { readonly url_template: string } | undefined;
  readonly metadata?: { readonly pages?: number };
}
