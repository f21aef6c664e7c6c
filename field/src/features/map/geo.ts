/** Distances and directions on the ground, and the plane a small map is drawn on. WGS84 degrees, metres. */

export type Spot = readonly [lat: number, lon: number];
export type Direction = "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";

const EARTH = 6_371_000;
const DIRECTIONS: readonly Direction[] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres along the ground. */
export function metres([lat, lon]: Spot, [toLat, toLon]: Spot): number {
  const half = Math.sin(rad(toLat - lat) / 2) ** 2 + Math.cos(rad(lat)) * Math.cos(rad(toLat)) * Math.sin(rad(toLon - lon) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Degrees from north, clockwise, at the start of the way. */
export function bearing([lat, lon]: Spot, [toLat, toLon]: Spot): number {
  const [from, to, turn] = [rad(lat), rad(toLat), rad(toLon - lon)];
  const east = Math.sin(turn) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

export function direction(degrees: number): Direction {
  return DIRECTIONS[Math.round(degrees / 45) % 8]!;
}

/** Metres east and south of a middle: true to a thousandth over the 200 km of a county. */
export function plane(spot: Spot, middle: Spot): { readonly x: number; readonly y: number } {
  const x = rad(spot[1] - middle[1]) * Math.cos(rad(middle[0])) * EARTH;
  return { x, y: -rad(spot[0] - middle[0]) * EARTH };
}

/** The round length of a scale bar of at most `most` metres: 1, 2 or 5 times a power of ten. */
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((times) => times * power <= most) ?? 1) * power;
}
