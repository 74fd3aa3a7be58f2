import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

/** A picture: four bytes a pixel, row by row. */
interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export type PictureFormat = 'png' | 'jpg';

/** Larger pictures are not opened: they would take the emulator's memory and time from everybody. */
const mostPixels = 40_000_000;
const jpegQuality = 80;

/** The format of a picture that can be opened, by its first bytes; `undefined`: none of ours. */
function formatOf(start: Uint8Array): PictureFormat | undefined {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.subarray(0, 8).equals(pngSignature)) return 'png';
  return bytes.subarray(0, 3).equals(jpegStart) ? 'jpg' : undefined;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegStart = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * A picture made smaller, so that it fits into a square; one that fits already keeps its size.
 *
 * @throws Error when the bytes are no picture, or too large a one
 */
export function shrink(contents: Buffer, edgePixels: number, format: PictureFormat): Buffer {
  return encode(fitted(decode(contents), edgePixels), format);
}

/** A plain grey page, which stands for what has no picture. */
export function placeholder(edgePixels: number, format: PictureFormat): Buffer {
  const page: Picture = {
    width: edgePixels,
    height: edgePixels,
    data: new Uint8Array(edgePixels * edgePixels * 4).fill(0xdd),
  };
  return encode(page, format);
}

function decode(contents: Buffer): Picture {
  if (formatOf(contents) === 'png') {
    const pixels = contents.length < 24 ? 0 : contents.readUInt32BE(16) * contents.readUInt32BE(20);
    if (pixels > mostPixels) throw new Error('the picture is too large');
    return PNG.sync.read(contents);
  }
  return jpeg.decode(contents, {
    useTArray: true,
    formatAsRGBA: true,
    maxResolutionInMP: mostPixels / 1_000_000,
  });
}

function encode({ width, height, data }: Picture, format: PictureFormat): Buffer {
  if (format === 'jpg') return jpeg.encode({ width, height, data }, jpegQuality).data;
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  return PNG.sync.write(png);
}

function fitted(picture: Picture, edgePixels: number): Picture {
  const scale = Math.min(1, edgePixels / Math.max(picture.width, picture.height));
  if (scale === 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set(mean(picture, { x, y, width, height }), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** The mean colour of those pixels that one pixel of the smaller picture covers. */
function mean(
  { width, height, data }: Picture,
  at: { x: number; y: number; width: number; height: number },
): [number, number, number, number] {
  const fromX = Math.floor((at.x * width) / at.width);
  const toX = Math.max(fromX + 1, Math.floor(((at.x + 1) * width) / at.width));
  const fromY = Math.floor((at.y * height) / at.height);
  const toY = Math.max(fromY + 1, Math.floor(((at.y + 1) * height) / at.height));
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let y = fromY; y < toY; y += 1) {
    for (let i = (y * width + fromX) * 4; i < (y * width + toX) * 4; i += 4) {
      sums[0] += data[i] ?? 0;
      sums[1] += data[i + 1] ?? 0;
      sums[2] += data[i + 2] ?? 0;
      sums[3] += data[i + 3] ?? 0;
    }
  }
  const count = (toX - fromX) * (toY - fromY);
  return [sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count];
}
