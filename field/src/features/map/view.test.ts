import fc from "fast-check";
import { expect, test } from "vitest";
import { metres, type Spot } from "./geo";
import { around, dragged, HEIGHT, onPaper, readable, WIDTH, zoomed } from "./view";

const spot = fc.tuple(fc.double({ min: 31, max: 39, noNaN: true }), fc.double({ min: 89, max: 103, noNaN: true })) as fc.Arbitrary<Spot>;
const nearby = spot.chain((middle) => fc.array(fc.tuple(fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: -0.8, max: 0.8, noNaN: true })), { minLength: 1, maxLength: 30 })
  .map((steps) => steps.map(([north, east]) => [middle[0] + north, middle[1] + east] as Spot)));

test("every place of a county lies on the paper", () => {
  fc.assert(fc.property(nearby, (spots) => {
    const view = around(spots);
    for (const one of spots) {
      const { x, y } = onPaper(one, view);
      expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
    }
  }));
});

test("a drag moves the ground by as much as the finger; closer and farther are opposite", () => {
  fc.assert(fc.property(nearby, fc.integer({ min: -150, max: 150 }), fc.integer({ min: -150, max: 150 }), (spots, x, y) => {
    const view = around(spots);
    const [before, after] = [onPaper(spots[0]!, view), onPaper(spots[0]!, dragged(view, x, y))];
    // The ground is round: over the farthest view a step sideways also turns it a little.
    expect(Math.abs(after.x - before.x - x)).toBeLessThan(12);
    expect(Math.abs(after.y - before.y - y)).toBeLessThan(1);
  }));
  const view = around([[33.9, 99.9], [34.1, 100.2]]);
  expect(zoomed(zoomed(view, 1.6), 1 / 1.6).scale).toBeCloseTo(view.scale, 6);
});

test("a unit of the drawing is as long as it says", () => {
  const view = around([[33.9, 99.9], [34.1, 100.2]]);
  const [a, b] = [onPaper([33.9, 99.9], view), onPaper([34.1, 100.2], view)];
  expect((Math.hypot(a.x - b.x, a.y - b.y) * view.scale) / metres([33.9, 99.9], [34.1, 100.2])).toBeCloseTo(1, 2);
});

test("a name that would lie on another, on a ring's word or off the paper is left out", () => {
  const at = (x: number, y: number) => ({ x, y, width: 80 });
  expect([...readable([at(100, 100), at(150, 105), at(100, 130), at(330, 200), at(20, 200)], 20, [at(10, 205)])]).toEqual([0, 2]);
});
