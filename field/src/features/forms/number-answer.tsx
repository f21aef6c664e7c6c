/** A number on big keys: the phone's own, and plus and minus for a herd that grew by one. Any digits are read. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import type { AnswerProps } from "./question";

export function NumberAnswer({ spot, title, give }: AnswerProps) {
  const { t } = useApp();
  const [typed, setTyped] = useState(String(spot.raw ?? ""));
  const given = readAnswer(typed);
  // Another question's answer, or the register's, may have come in under the same keys.
  useEffect(() => {
    if (given !== spot.raw) setTyped(String(spot.raw ?? ""));
  }, [spot.raw]);
  const tell = (text: string): void => {
    setTyped(text);
    give(text.trim() === "" ? undefined : readAnswer(text));
  };
  const step = (by: number): void => tell(String(Math.max(0, (typeof given === "number" ? given : 0) + by)));
  return (
    <div class="steps">
      <button class="key" aria-label={t("household.less")} onClick={() => step(-1)}><Icon name="minus" /></button>
      <input class="big-number digits" type="text" inputMode="decimal" autoComplete="off" aria-label={title} value={typed} onInput={(event) => tell(event.currentTarget.value)} />
      <button class="key" aria-label={t("household.more")} onClick={() => step(1)}><Icon name="plus" /></button>
    </div>
  );
}

/** What is no number stays what it is: then it is refused in words, not swallowed. */
export function readAnswer(typed: string): number | string {
  const plain = typed.trim().replace(/[\u0F20-\u0F29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20)).replace(/[\uFF10-\uFF19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10)).replace(",", ".");
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : typed;
}
