import { zlibSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { keptPicture, mostPixels } from '../../documents/picture.ts';
import { largestPicture } from '../../domain/file-content.ts';
import { pdfFile, pngFile } from '../support/files.ts';

const drawn = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: { r: 200, g: 55, b: 27 } } });
const kept = async (bytes: Uint8Array, as: 'face' | 'work') => {
  const picture = await keptPicture({ name: 'photo de vacances.jpeg', bytes }, as);
  return { ...picture, ...(await sharp(picture.bytes).metadata()) };
};

describe('M2 pictures', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('M2: a %s comes out as WebP, at most 1,200 pixels a side; a face is a square of 400', async (format) => {
    const bytes = await drawn(2_400, 1_200).toFormat(format).toBuffer();
    expect(await kept(bytes, 'work')).toMatchObject({ format: 'webp', width: 1_200, height: 600, name: 'photo de vacances.webp' });
    expect(await kept(bytes, 'face')).toMatchObject({ format: 'webp', width: 400, height: 400 });
  });

  it('M2: a small one is not made larger', async () => {
    expect(await kept(await drawn(300, 200).png().toBuffer(), 'work')).toMatchObject({ width: 300, height: 200 });
    expect(await kept(await drawn(300, 200).png().toBuffer(), 'face')).toMatchObject({ width: 200, height: 200 });
    expect(await kept(pngFile(), 'face')).toMatchObject({ width: 1, height: 1 });
  });

  it('M2: nothing of where and with what it was taken is left; it stands upright', async () => {
    const bytes = await drawn(600, 300).jpeg().withMetadata({ orientation: 6 }).withExifMerge({ IFD0: { Make: 'Appareil Secret' }, IFD3: { GPSLatitude: '47/1 13/1 6/1', GPSLatitudeRef: 'N' } }).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>Auteur Secret</a></x:xmpmeta>').toBuffer();
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/Appareil Secret[^]*Auteur Secret|Auteur Secret[^]*Appareil Secret/);
    const picture = await kept(bytes, 'work');
    expect([picture.exif, picture.xmp, picture.iptc, picture.width, picture.height]).toEqual([undefined, undefined, undefined, 300, 600]);
    expect(Buffer.from(picture.bytes).toString('latin1')).not.toMatch(/Secret/);
  });

  it('M2: one that would unpack into too much is refused before it does', async () => {
    const bomb = pngHeader(60_000, 60_000);
    expect(bomb.length).toBeLessThan(50_000);
    await expect(keptPicture({ name: 'bombe.png', bytes: bomb }, 'work')).rejects.toMatchObject({ code: 'picture_too_wide', details: { megapixels: mostPixels / 1_000_000 } });
  });

  it.each([
    ['a PDF', pdfFile()], ['a drawing with a script', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')], ['a name only', new TextEncoder().encode('GIF89a')], ['nothing', new Uint8Array()],
  ])('M2: %s is no picture', async (_what, bytes) => {
    await expect(keptPicture({ name: 'x.png', bytes }, 'work')).rejects.toMatchObject({ code: 'picture_not_taken' });
  });

  it('M2: one cut short, or made of noise between two good ends, is refused in words', async () => {
    const whole = await drawn(500, 500).jpeg().toBuffer();
    const spoilt = Buffer.concat([whole.subarray(0, 200), Buffer.from([0xff, 0xd9])]);
    await expect(keptPicture({ name: 'x.jpg', bytes: whole.subarray(0, 400) }, 'work')).rejects.toMatchObject({ code: 'picture_not_taken' });
    await expect(keptPicture({ name: 'x.jpg', bytes: spoilt }, 'work')).rejects.toMatchObject({ code: 'picture_not_taken' });
  });

  it('M2: one that is too heavy is refused before it is read', async () => {
    await expect(keptPicture({ name: 'x.jpg', bytes: new Uint8Array(largestPicture + 1) }, 'work')).rejects.toMatchObject({ code: 'file_too_large', details: { megabytes: 10 } });
  });
});

/** A PNG that says it is so wide and so high, with next to nothing in it. */
function pngHeader(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32BE(data.length, 0);
    sizes.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([sizes.subarray(0, 4), body, sizes.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', zlibSync(new Uint8Array(1_000))), chunk('IEND', new Uint8Array())]));
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
