/**
 * A photo small enough for the grassland's network. Drawing it anew leaves behind everything the camera wrote beside
 * the picture: the place, the time, the phone.
 */

const LONGEST_SIDE = 1600;
const MOST_BYTES = 200 * 1024;

export class UnreadablePhoto extends Error {}

/** A JPEG of at most `longest` px and about `most` bytes. Throws UnreadablePhoto. */
export async function shrink(file: Blob, longest = LONGEST_SIDE, most = MOST_BYTES): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file).catch(() => Promise.reject(new UnreadablePhoto()));
  let side = longest;
  try {
    for (; side >= longest / 4; side *= 0.75) {
      for (const quality of [0.8, 0.65, 0.5]) {
        const blob = await draw(picture, side, quality);
        if (blob.size <= most) return await blob.arrayBuffer();
      }
    }
    return await (await draw(picture, side, 0.4)).arrayBuffer();
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePhoto())), "image/jpeg", quality);
  });
}
