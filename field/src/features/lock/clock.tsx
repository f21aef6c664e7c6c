/** The clock leapt while nobody looked: the county's time is shown where it was heard, else somebody says whether it is right. */
import { useEffect, useState } from "preact/hooks";
import { moment } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Button } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { knownTime } from "../report/clock";

export function ClockDoubt() {
  const { t, lock, now, language, phone } = useApp();
  const known = knownTime(phone.clockOff, now());
  if (known) return <Trouble what="clock" params={{ time: moment(language, known) }} grave />;
  return (
    <Trouble what="clock_leap" params={{ time: moment(language, now().toISOString()) }} grave>
      <Button icon="check" label={t("lock.clock_right")} onClick={() => void lock.age(true)} />
    </Trouble>
  );
}

/** Looks again every second while the clock is doubted: the phone's settings tell nobody that they were changed. */
export function useClockWatch(): void {
  const { lock } = useApp();
  const [, look] = useState(0);
  const doubted = lock.facts.state === "clock";
  useEffect(() => {
    if (!doubted) return;
    const timer = setInterval(() => look((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [doubted]);
}
