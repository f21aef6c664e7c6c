/** A list or page that may be long: what fits on the glass at once, the rest in small steps, so that no finger waits for it. */
import { toChildArray, type ComponentChildren, type VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { afterPicture } from "./after-picture";

const FIRST = 5;
const STEP = 4;

/** How many of `all` are drawn by now: `first`, then `step` more with each picture. */
function useSteps(all: number, first: number, step: number): number {
  const [shown, setShown] = useState(first);
  useEffect(() => {
    if (shown < all) return afterPicture(() => setShown(shown + step));
  }, [shown, all]);
  return shown;
}

export function Rows<T>({ of, name, row, label, kind = "list", first = FIRST }: {
  of: readonly T[];
  /** What a row is known by. */
  name: (one: T) => string;
  row: (one: T) => ComponentChildren;
  label?: string;
  kind?: string;
  /** How many fit on the glass. */
  first?: number | undefined;
}) {
  const shown = useSteps(of.length, first, STEP);
  // The same row drawn again is compared again: a step draws only what is new.
  const made = useMemo(() => new Map<T, VNode>(), [of, row]);
  const drawn = (one: T): VNode => {
    const held = made.get(one) ?? <li key={name(one)}>{row(one)}</li>;
    made.set(one, held);
    return held;
  };
  return <ul class={kind} aria-label={label}>{of.slice(0, shown).map(drawn)}</ul>;
}

/** The parts of a tall page, two at once and then one by one. */
export function Parts({ children, first = 2 }: { children: ComponentChildren; first?: number }) {
  const parts = toChildArray(children);
  return <>{parts.slice(0, useSteps(parts.length, first, 1))}</>;
}
