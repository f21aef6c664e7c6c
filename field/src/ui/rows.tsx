/** A list that may be long: what fits on the glass at once, the rest in small steps, so that no finger waits for it. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { afterPicture } from "./after-picture";

const FIRST = 7;
const STEP = 6;

export function Rows<T>({ of, name, row, label, kind = "list" }: {
  of: readonly T[];
  /** What a row is known by. */
  name: (one: T) => string;
  row: (one: T) => ComponentChildren;
  label?: string;
  kind?: string;
}) {
  const [shown, setShown] = useState(FIRST);
  useEffect(() => {
    if (shown < of.length) return afterPicture(() => setShown(shown + STEP));
  }, [shown, of.length]);
  return <ul class={kind} aria-label={label}>{of.slice(0, shown).map((one) => <li key={name(one)}>{row(one)}</li>)}</ul>;
}
