/** The photo in memory: opened, shown, covered and written anew. Nothing of it is kept before its pixels are covered. */
import { UnreadablePhoto } from "../report/photo";
import { blacken, type Box } from "./covering";

const LONGEST_SIDE = 1600;
const MOST_BYTES = 200 * 1024;

/** The camera's file, upright and small, without what the camera wrote beside it. Throws UnreadablePhoto. */
export async function opened(file: Blob): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(file).catch(() => Promise.reject(new UnreadablePhoto()));
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** A JPEG of the covered picture. What was beneath the boxes is overwritten in the canvas itself. Throws UnreadablePhoto. */
export async function covered(canvas: HTMLCanvasElement, boxes: readonly Box[]): Promise<ArrayBuffer> {
  const context = canvas.getContext("2d");
  if (!context) throw new UnreadablePhoto();
  const held = context.getImageData(0, 0, canvas.width, canvas.height);
  blacken(held.data, canvas.width, canvas.height, boxes);
  context.putImageData(held, 0, 0);
  for (const quality of [0.8, 0.65, 0.5]) {
    const blob = await encoded(canvas, quality);
    if (blob.size <= MOST_BYTES) return blob.arrayBuffer();
  }
  return (await encoded(canvas, 0.35)).arrayBuffer();
}

/** Lets go of the pixels at once. */
export function forget(canvas: HTMLCanvasElement): void {
  canvas.width = canvas.height = 0;
}

const encoded = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePhoto())), "image/jpeg", quality));
