/** A side of a paper drawn as a card: whoever cannot read compares it with the one in hand. Black is what is covered. */
import type { Box } from "./covering";

const [WIDE, HIGH] = [158, 100];
const LINES = [16, 34, 52, 70, 88] as const;

export function SideDrawing({ boxes }: { boxes: readonly Box[] }) {
  return (
    <svg class="paper-side" viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true" focusable="false">
      <rect class="paper-card" x="1" y="1" width={WIDE - 2} height={HIGH - 2} rx="7" />
      {LINES.map((y) => <path key={y} class="paper-line" d={`M10 ${y}H${boxes.length ? 92 : 146}`} />)}
      {boxes.map(({ left, upper, right, lower }, index) => (
        <rect key={index} class="paper-black" x={left * WIDE} y={upper * HIGH} width={(right - left) * WIDE} height={(lower - upper) * HIGH} />
      ))}
    </svg>
  );
}
