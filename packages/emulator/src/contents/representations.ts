import { extname } from 'node:path';
import type { View } from '../represent/view.ts';
import type { FileRow } from '../store/rows.ts';

/**
 * The forms in which Box shows a file: thumbnails and larger pictures, its text, its pages. Here a
 * picture has pictures, a text its text, and a PDF itself.
 * https://developer.box.com/guides/representations/
 */
export interface Representation {
  /** As in its URL. */
  name: string;
  type: 'jpg' | 'png' | 'pdf' | 'extracted_text';
  properties: Readonly<Record<string, string>>;
  /** The longer edge of a picture. */
  edgePixels?: number;
  /** Made when the file arrives; the others when somebody asks for them. */
  isMadeAtOnce: boolean;
}

/** What a request says about representations. */
export interface RepresentationRequest {
  /** The `X-Rep-Hints` header, such as `[pdf][jpg?dimensions=320x320,png?dimensions=1024x1024]`. */
  hints: string | undefined;
  /** Gives the absolute base of the API. */
  apiUrl: () => string;
}

const pictureExtensions = ['.png', '.jpg', '.jpeg'];
const textExtensions = ['.txt', '.md', '.csv', '.json', '.xml', '.html', '.log', '.js', '.ts'];
/** https://developer.box.com/guides/representations/text/ */
const mostTextBytes = 500_000_000;

const picture = (type: 'jpg' | 'png', edgePixels: number, isThumb: boolean): Representation => ({
  name: `${type}_${isThumb ? 'thumb_' : ''}${edgePixels}x${edgePixels}`,
  type,
  properties: {
    dimensions: `${edgePixels}x${edgePixels}`,
    paged: 'false',
    thumb: String(isThumb),
  },
  edgePixels,
  isMadeAtOnce: isThumb,
});

const pictures: readonly Representation[] = [
  ...[32, 94, 160, 320].map((edge) => picture('jpg', edge, true)),
  ...[1024, 2048].map((edge) => picture('jpg', edge, false)),
  ...[1024, 2048].map((edge) => picture('png', edge, false)),
];
const whole = (type: 'pdf' | 'extracted_text'): Representation[] => [
  { name: type, type, properties: {}, isMadeAtOnce: false },
];

/** Whether a file's name says that it is a picture that can be shown. */
export function isPicture(file: Pick<FileRow, 'name'>): boolean {
  return pictureExtensions.includes(extname(file.name).toLowerCase());
}

/** The forms that there are of a file. */
export function representationsOf(file: Pick<FileRow, 'name' | 'size'>): readonly Representation[] {
  const extension = extname(file.name).toLowerCase();
  if (isPicture(file)) return pictures;
  if (extension === '.pdf') return whole('pdf');
  const isText = textExtensions.includes(extension) && file.size <= mostTextBytes;
  return isText ? whole('extracted_text') : [];
}

/** A file's `representations`, as a request's hints ask for them; without hints all, but shortly. */
export function representRepresentations(file: FileRow, view: View) {
  const { hints, apiUrl } = view.representations ?? { hints: undefined, apiUrl: () => '' };
  const all = representationsOf(file);
  const path = (one: Representation) =>
    `internal_files/${file.id}/versions/${file.version_id}/representations/${one.name}`;
  const brief = (one: Representation) => ({
    representation: one.type,
    properties: one.properties,
    info: { url: `${apiUrl()}/${path(one)}` },
  });
  const full = (one: Representation) => ({
    ...brief(one),
    status: { state: stateOf(one, file.version_id, view) },
    content: { url_template: `${view.downloadUrl}/api/2.0/${path(one)}/content/{+asset_path}` },
  });
  return { entries: hints === undefined ? all.map(brief) : hinted(hints, all).map(full) };
}

/** How far a representation is. */
export function stateOf(one: Representation, versionId: number, view: View): 'success' | 'none' {
  const isMade = one.isMadeAtOnce || view.store.representations.isMade(versionId, one.name);
  return isMade ? 'success' : 'none';
}

/** Each bracket asks for one: the first of its list that there is. */
function hinted(hints: string, all: readonly Representation[]): Representation[] {
  const wishes = [...hints.matchAll(/\[([^\]]*)\]/g)].map(([, list = '']) => list.split(','));
  return wishes.flatMap((list) => {
    const found = list.map((wish) => all.find((one) => fits(one, wish))).find(Boolean);
    return found ? [found] : [];
  });
}

/** Whether a representation is what `jpg?dimensions=320x320&paged=false` means. */
function fits({ type, properties }: Representation, wish: string): boolean {
  const [wanted = '', query = ''] = wish.trim().split('?');
  const isSo = ([name, value]: [string, string]) => properties[name] === value;
  return wanted === type && [...new URLSearchParams(query)].every(isSo);
}
