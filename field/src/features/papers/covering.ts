/**
 * Boxes over what must not be kept, and the end of the pixels beneath them. Pure; all places in shares of the picture.
 *
 * A paper nearly fills the picture it is taken in: on an upright picture it lies across the middle.
 */
export interface Box {
  readonly left: number;
  readonly upper: number;
  readonly right: number;
  readonly lower: number;
}

/** Width by height of a card, and about that of a page of the booklet. */
const CARD = 1.585;
/** No box becomes so small that a finger loses it. */
const SMALLEST = 0.04;
const SHADE = 40;

/** The boxes of a side laid on the paper where it most likely lies. */
export function laid(side: readonly Box[], width: number, height: number): Box[] {
  const high = Math.min(1, width / CARD / height);
  const top = (1 - high) / 2;
  return side.map(({ left, upper, right, lower }) => ({ left, upper: top + upper * high, right, lower: top + lower * high }));
}

/** A further box, in the middle. */
export const another: Box = { left: 0.3, upper: 0.42, right: 0.7, lower: 0.58 };

/** Moved by so much, staying on the picture. */
export function moved(box: Box, across: number, down: number): Box {
  const x = Math.min(1 - box.right, Math.max(-box.left, across));
  const y = Math.min(1 - box.lower, Math.max(-box.upper, down));
  return { left: box.left + x, upper: box.upper + y, right: box.right + x, lower: box.lower + y };
}

/** Its lower right corner moved by so much. */
export function resized(box: Box, across: number, down: number): Box {
  const right = Math.min(1, Math.max(box.left + SMALLEST, box.right + across));
  return { ...box, right, lower: Math.min(1, Math.max(box.upper + SMALLEST, box.lower + down)) };
}

/** Overwrites every pixel that a box touches (RGBA, row by row); what was there is gone. */
export function blacken(pixels: Uint8ClampedArray, width: number, height: number, boxes: readonly Box[]): void {
  for (const box of boxes) {
    const [left, right] = [Math.floor(box.left * width), Math.ceil(box.right * width)];
    for (let row = Math.max(0, Math.floor(box.upper * height)); row < Math.min(height, Math.ceil(box.lower * height)); row++) {
      const start = 4 * (row * width + Math.max(0, left));
      const end = 4 * (row * width + Math.min(width, right));
      for (let at = start; at < end; at++) pixels[at] = at % 4 === 3 ? 255 : SHADE;
    }
  }
}
