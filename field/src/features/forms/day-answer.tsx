/** A day or a time, chosen from lists of numbers: no calendar to find one's way in, no words of the phone's own language. */
import { useState } from "preact/hooks";
import { day } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { range } from "./filling";
import type { AnswerProps } from "./question";
import { today } from "./submit";
import { isDay } from "./values";

const YEARS = 6;

export function DateAnswer({ spot, title, give }: AnswerProps) {
  const { t, language, now } = useApp();
  const said = typeof spot.raw === "string" ? spot.raw : "";
  const [[y, m, d], setParts] = useState(() => said.split("-").concat("", "", "").slice(0, 3) as [string, string, string]);
  const here = today(now());
  const tell = (parts: [string, string, string]): void => {
    setParts(parts);
    const whole = parts.join("-");
    give(isDay(whole) ? whole : undefined);
  };
  const year = Number(here.slice(0, 4));
  const from = Math.min(year - YEARS, Number(y) || year);
  return (
    <div class="day-answer">
      <div class="parts" role="group" aria-label={title}>
        <Part label={t("forms.year")} value={y} from={from} to={year + YEARS} width={4} choose={(one) => tell([one, m, d])} />
        <Part label={t("forms.month")} value={m} from={1} to={12} width={2} choose={(one) => tell([y, one, d])} />
        <Part label={t("forms.day")} value={d} from={1} to={daysOf(y, m)} width={2} choose={(one) => tell([y, m, one])} />
      </div>
      <button class="button plain" aria-pressed={said === here} onClick={() => tell(here.split("-") as [string, string, string])}><Icon name="clock" /><span>{t("forms.today")} <span class="digits">{day(language, here)}</span></span></button>
    </div>
  );
}

export function TimeAnswer({ spot, title, give }: AnswerProps) {
  const { t } = useApp();
  const [[hour, minute], setParts] = useState(() => String(spot.raw ?? "").split(":").concat("", "").slice(0, 2) as [string, string]);
  const tell = (parts: [string, string]): void => {
    setParts(parts);
    give(parts.every(Boolean) ? parts.join(":") : undefined);
  };
  return (
    <div class="parts" role="group" aria-label={title}>
      <Part label={t("forms.hour")} value={hour} from={0} to={23} width={2} choose={(one) => tell([one, minute])} />
      <Part label={t("forms.minute")} value={minute} from={0} to={59} width={2} choose={(one) => tell([hour, one])} />
    </div>
  );
}

function Part({ label, value, from, to, width, choose }: { label: string; value: string; from: number; to: number; width: number; choose: (value: string) => void }) {
  const shown = range(to - from + 1).map((at) => String(from + at).padStart(width, "0"));
  return (
    <div class="part" role="group" data-say aria-label={`${label} ${value}`}><span>{label}</span>
      <select class="digits" aria-label={label} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="" />
        {shown.map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
    </div>
  );
}

const daysOf = (year: string, month: string): number => (Number(month) ? new Date(Date.UTC(Number(year) || 2024, Number(month), 0)).getUTCDate() : 31);
