/** The picture with black boxes on it: each is dragged by its middle, grows by its corner. What they cover is destroyed on saving. */
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { moved, resized, type Box } from "./covering";

const STEP = 0.02;
const KEYS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

interface Props {
  readonly picture: HTMLCanvasElement;
  readonly boxes: readonly Box[];
  readonly change: (index: number, box: Box) => void;
}

export function Cover({ picture, boxes, change }: Props) {
  const { t } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    picture.className = "paper-picture";
    picture.setAttribute("aria-hidden", "true");
    frame.current?.prepend(picture);
    return () => picture.remove();
  }, [picture]);
  const drag = (from: PointerEvent, index: number, by: typeof moved): void => {
    const [target, area, first] = [from.currentTarget as HTMLElement, frame.current!.getBoundingClientRect(), boxes[index]!];
    from.preventDefault();
    from.stopPropagation();
    target.setPointerCapture(from.pointerId);
    target.focus();
    const follow = (event: PointerEvent): void => change(index, by(first, (event.clientX - from.clientX) / area.width, (event.clientY - from.clientY) / area.height));
    const end = (): void => {
      for (const name of ["pointerup", "pointercancel"] as const) target.removeEventListener(name, end);
      target.removeEventListener("pointermove", follow);
    };
    target.addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"] as const) target.addEventListener(name, end);
  };
  const key = (event: KeyboardEvent, index: number, by: typeof moved): void => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    change(index, by(boxes[index]!, ...step));
  };
  return (
    <div ref={frame} class="paper-frame" role="group" aria-label={t("papers.cover")}>
      {boxes.map((box, index) => (
        <div key={index} class="paper-box" style={placed(box)}>
          <button class="paper-body" aria-label={`${t("papers.box")} ${index + 1}`} onPointerDown={(event) => drag(event, index, moved)} onKeyDown={(event) => key(event, index, moved)} />
          <button class="paper-corner" aria-label={`${t("papers.corner")} ${index + 1}`} onPointerDown={(event) => drag(event, index, resized)} onKeyDown={(event) => key(event, index, resized)}><Icon name="larger" size={24} /></button>
        </div>
      ))}
    </div>
  );
}

const share = (part: number): string => `${100 * part}%`;
const placed = ({ left, upper, right, lower }: Box): Record<string, string> => ({ left: share(left), top: share(upper), width: share(right - left), height: share(lower - upper) });
