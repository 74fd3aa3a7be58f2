/** What an image's own bytes say of it. */
export interface ImageFacts {
  type: 'image/png' | 'image/jpeg';
  width: number;
  height: number;
}

const pngMagic = Buffer.from('89504e470d0a1a0a', 'hex');

/** Reads the head of a PNG or JPEG; `undefined` for anything else. */
export function imageFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length >= 24 && bytes.subarray(0, 8).equals(pngMagic)) {
    return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  return bytes.length >= 2 && bytes.readUInt16BE(0) === 0xffd8 ? jpegFacts(bytes) : undefined;
}

/** A JPEG is a row of segments; the one that begins a frame has the size. */
function jpegFacts(bytes: Buffer): ImageFacts | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf;
    if (isFrame && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc) {
      return {
        type: 'image/jpeg',
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
      };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
