/** The drawing: north is up, rings around where I am, camps as tents, places as squares. No tile is needed. */
import { useRef } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { distance } from "./words";
import { metres, roundLength, type Spot } from "./geo";
import type { Seen } from "./points";
import { dragged, HEIGHT, onPaper, readable, WIDTH, type View } from "./view";

const TEXT = 15;
/** How far beyond the paper a mark may stand and still reach into it. */
const EDGE = 24;

interface Props {
  readonly points: readonly Seen[];
  readonly me: { readonly at: Spot; readonly accuracy: number } | null;
  readonly chosen: string | null;
  readonly view: View;
  readonly change: (view: View) => void;
  readonly choose: (id: string) => void;
}

export function Paper({ points, me, chosen, view, change, choose }: Props) {
  const { t } = useApp();
  const drag = useDrag(view, change);
  const target = points.find((point) => point.id === chosen);
  return (
    <svg class="paper" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("map.picture")} {...drag}>
      {me && <Rings me={me} view={view} />}
      {me && target && <Way from={me.at} to={target.at} view={view} />}
      <Marks points={points} chosen={chosen} view={view} choose={choose} me={me?.at ?? null} />
      {me && <Me at={me.at} view={view} />}
      <Bar view={view} />
      <North />
    </svg>
  );
}

/** A finger moves the ground; a tap that does not move is left to the marks. */
function useDrag(view: View, change: (view: View) => void) {
  const from = useRef<{ x: number; y: number; view: View } | null>(null);
  return {
    onPointerDown: (event: PointerEvent) => { from.current = { x: event.clientX, y: event.clientY, view }; },
    onPointerMove: (event: PointerEvent) => {
      if (!from.current || !(event.currentTarget instanceof Element)) return;
      const unit = WIDTH / event.currentTarget.getBoundingClientRect().width;
      const [x, y] = [(event.clientX - from.current.x) * unit, (event.clientY - from.current.y) * unit];
      if (Math.hypot(x, y) > 6) change(dragged(from.current.view, x, y));
    },
    onPointerUp: () => { from.current = null; },
    onPointerLeave: () => { from.current = null; },
  };
}

function Marks({ points, chosen, view, choose, me }: Pick<Props, "points" | "chosen" | "view" | "choose"> & { me: Spot | null }) {
  const { language } = useApp();
  // The chosen one is named first, then camps in use, then places, then the other camps.
  const rank = (point: Seen): number => (point.id === chosen ? 0 : point.here ? 1 : point.kind === "place" ? 2 : 3);
  const order = [...points].sort((a, b) => rank(a) - rank(b));
  const placed = order.map((point) => ({ point, label: point.family || named(point.name, language), ...onPaper(point.at, view) }));
  // What lies beyond the paper stands in the list below; drawn here it would only cost a slow phone its time.
  const drawn = placed.filter(({ x, y }) => x > -EDGE && x < WIDTH + EDGE && y > -EDGE && y < HEIGHT + EDGE);
  const boxes = drawn.map(({ x, y, label }) => {
    const width = [...label].length * (/[\u0f00-\u0fff]/.test(label) ? 9 : TEXT);
    return { x: onLeft(x) ? x - 13 - width : x + 13, y: y + 5, width };
  });
  const shown = readable(boxes, TEXT + 8, me ? ringLabels(me, view).map(({ x, y }) => ({ x: x - 30, y, width: 60 })) : []);
  return (
    <g>
      {drawn.map(({ point, label, x, y }, index) => (
        <g key={point.id} data-say class={markClass(point, chosen)} transform={`translate(${x} ${y})`} onClick={() => choose(point.id)}>
          <circle r="22" class="touch" />
          {point.kind === "camp" ? <path d="M-10 8L0 -10L10 8Z" /> : <rect x="-7" y="-7" width="14" height="14" />}
          {shown.has(index) && <text x={onLeft(x) ? -13 : 13} y="5" text-anchor={onLeft(x) ? "end" : "start"} font-size={TEXT}>{label}</text>}
        </g>
      ))}
    </g>
  );
}

/** Near the right edge a name stands before its mark. */
const onLeft = (x: number): boolean => x > WIDTH * 0.6;

const markClass = (point: Seen, chosen: string | null): string =>
  ["mark", point.kind, point.here ? "in-use" : "", point.id === chosen ? "chosen" : ""].filter(Boolean).join(" ");

/** Rings at a round distance and its double, so that near and far can be seen without a scale. */
function Rings({ me, view }: { me: { readonly at: Spot; readonly accuracy: number }; view: View }) {
  const { t } = useApp();
  const { x, y } = onPaper(me.at, view);
  return (
    <g class="rings" aria-hidden="true">
      <circle class="accuracy" cx={x} cy={y} r={Math.max(9, me.accuracy / view.scale)} />
      {ringLabels(me.at, view).map((ring) => (
        <g key={ring.length}><circle cx={x} cy={y} r={ring.length / view.scale} /><text x={ring.x} y={ring.y} text-anchor="middle" font-size="13">{distance(t, ring.length)}</text></g>
      ))}
    </g>
  );
}

/** Each ring says its length at its top. */
function ringLabels(me: Spot, view: View): { readonly length: number; readonly x: number; readonly y: number }[] {
  const { x, y } = onPaper(me, view);
  const step = roundLength((view.scale * HEIGHT) / 3);
  return [step, 2 * step].map((length) => ({ length, x, y: y - length / view.scale - 4 }));
}

function Way({ from, to, view }: { from: Spot; to: Spot; view: View }) {
  const { t } = useApp();
  const [a, b] = [onPaper(from, view), onPaper(to, view)];
  return (
    <g class="way" aria-hidden="true">
      <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      <text x={(a.x + b.x) / 2} y={(a.y + b.y) / 2 - 6} text-anchor="middle" font-size={TEXT}>{distance(t, metres(from, to))}</text>
    </g>
  );
}

function Me({ at, view }: { at: Spot; view: View }) {
  const { x, y } = onPaper(at, view);
  return <circle class="me" cx={x} cy={y} r="9" />;
}

function Bar({ view }: { view: View }) {
  const { t } = useApp();
  const length = roundLength(view.scale * 110);
  const wide = length / view.scale;
  return (
    <g class="bar-scale" aria-hidden="true" transform={`translate(12 ${HEIGHT - 14})`}>
      <path d={`M0 -6V0H${wide}V-6`} /><text x={wide / 2} y="-9" text-anchor="middle" font-size="13">{distance(t, length)}</text>
    </g>
  );
}

function North() {
  const { t } = useApp();
  return <g class="north" aria-hidden="true" transform={`translate(${WIDTH - 24} 32)`}><path d="M0 -16L7 6L0 1L-7 6Z" /><text y="24" text-anchor="middle" font-size="14">{t("dir.n").replace(/[་།]+$/, "")}</text></g>;
}
