/** What part of the ground a drawing shows: its middle and how many metres a unit of the drawing is. Pure. */
import { plane, type Spot } from "./geo";

export const WIDTH = 360;
export const HEIGHT = 340;
const MARGIN = 44;
/** Metres a unit: from a camp's yard to two counties. */
const CLOSEST = 2;
const FARTHEST = 2_000;

export interface View {
  readonly middle: Spot;
  readonly scale: number;
}

/** All points, with room for their marks; a single one with its five kilometres around. */
export function around(spots: readonly Spot[]): View {
  const [lats, lons] = [spots.map((spot) => spot[0]), spots.map((spot) => spot[1])];
  const middle: Spot = [(Math.min(...lats) + Math.max(...lats)) / 2, (Math.min(...lons) + Math.max(...lons)) / 2];
  const far = spots.map((spot) => plane(spot, middle));
  const wide = Math.max(...far.map(({ x }) => Math.abs(x))) / (WIDTH / 2 - MARGIN);
  const high = Math.max(...far.map(({ y }) => Math.abs(y))) / (HEIGHT / 2 - MARGIN);
  return { middle, scale: bounded(Math.max(wide, high, 5_000 / (HEIGHT / 2))) };
}

export function zoomed(view: View, times: number): View {
  return { ...view, scale: bounded(view.scale / times) };
}

/** Moves the ground by so many units of the drawing. */
export function dragged(view: View, x: number, y: number): View {
  const degree = (Math.PI / 180) * 6_371_000;
  const [lat, lon] = view.middle;
  return { ...view, middle: [lat + (y * view.scale) / degree, lon - (x * view.scale) / (degree * Math.cos((lat * Math.PI) / 180))] };
}

export function onPaper(spot: Spot, { middle, scale }: View): { readonly x: number; readonly y: number } {
  const { x, y } = plane(spot, middle);
  return { x: WIDTH / 2 + x / scale, y: HEIGHT / 2 + y / scale };
}

const bounded = (scale: number): number => Math.min(FARTHEST, Math.max(CLOSEST, scale));

interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The indexes of labels that can be read: one that would lie on an earlier one, or on what is `taken`, is left out. */
export function readable(labels: readonly Label[], height: number, taken: readonly Label[] = []): Set<number> {
  const kept: Label[] = [...taken];
  const shown = new Set<number>();
  labels.forEach((label, index) => {
    const inside = label.x + label.width < WIDTH && label.x > 0 && label.y > height && label.y < HEIGHT;
    const free = kept.every((one) => Math.abs(one.y - label.y) > height || one.x + one.width < label.x || label.x + label.width < one.x);
    if (!inside || !free) return;
    kept.push(label);
    shown.add(index);
  });
  return shown;
}
