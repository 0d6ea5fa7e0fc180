import { imageSize } from 'image-size';

/** What the first bytes of a picture tell. */
export interface ImageHead {
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** First bytes of each type in hexadecimal, behind so many others. */
const SIGNATURES: readonly { readonly type: string; readonly hex: string; readonly behind?: number }[] = [
  { type: 'jpeg', hex: 'ffd8ff' },
  { type: 'png', hex: '89504e470d0a1a0a' },
  { type: 'gif', hex: '474946383761' },
  { type: 'gif', hex: '474946383961' },
  { type: 'webp', hex: '57454250', behind: 8 },
  { type: 'bmp', hex: '424d' },
  { type: 'tiff', hex: '49492a00' },
  { type: 'tiff', hex: '4d4d002a' },
  { type: 'avif', hex: '6674797061766966', behind: 4 },
  { type: 'heic', hex: '6674797068656963', behind: 4 },
];
const SVG = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg/i;

/** Type by signature, not by name; size by the header. Bytes that are no picture have no type. */
export function readImage(head: Uint8Array): ImageHead {
  const type = typeOf(Buffer.from(head.subarray(0, 512)));
  if (type === null) return { type: null, width: null, height: null };
  try {
    const { width, height } = imageSize(head);
    return { type, width: width > 0 ? width : null, height: height > 0 ? height : null };
  } catch {
    // The size stands behind what was read, or the header is broken: the type is known all the same.
    return { type, width: null, height: null };
  }
}

function typeOf(head: Buffer): string | null {
  const found = SIGNATURES.find(({ hex, behind = 0 }) =>
    head.subarray(behind, behind + hex.length / 2).equals(Buffer.from(hex, 'hex')),
  );
  return found?.type ?? (SVG.test(head.toString('latin1')) ? 'svg' : null);
}
