/** Who of this phone's people is meant: a picture and a name each. Changing the person closes the one before. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import type { Somebody } from "../../vault/people";

const PICTURES: readonly IconName[] = ["tent", "people", "star", "water", "animals", "map"];

export const pictureOf = (one: Somebody): IconName => PICTURES[one.picture % PICTURES.length]!;

export function Chooser() {
  const { t, people, phone } = useApp();
  const [all, setAll] = useState<readonly Somebody[]>([]);
  useEffect(() => void people.all().then(setAll), [people]);
  if (all.length < 2) return <p class="whose" data-say>{all[0]?.name ?? phone.person?.name ?? ""}</p>;
  return (
    <>
      <p class="prompt" data-say>{t("lock.who")}</p>
      <div class="people" role="group" aria-label={t("lock.who")}>{all.map((one) => <Person key={one.store} one={one} />)}</div>
    </>
  );
}

function Person({ one }: { one: Somebody }) {
  const { people } = useApp();
  const here = people.here === one.store;
  return (
    <button class="tile" aria-pressed={here} onClick={() => !here && void people.turnTo(one.store)}>
      <Icon name={pictureOf(one)} size={34} /><span>{one.name}</span>
    </button>
  );
}
