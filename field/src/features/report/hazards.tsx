/** Pictures of dangers, from the county's pack. One tap, no reading. */
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { hazardIcon, Icon } from "../../ui/icons";

export function HazardPictures({ chosen, choose }: { chosen: string | null; choose: (code: string | null) => void }) {
  const { t, language, phone } = useApp();
  const hazards = phone.pack?.hazards ?? [];
  if (!hazards.length) return null;
  return (
    <section class="hazards" aria-label={t("report.hazard")}>
      <h2>{t("report.hazard")}</h2>
      <div class="tiles">
        {hazards.map((hazard) => (
          <button key={hazard.code} class="tile" aria-pressed={chosen === hazard.code} onClick={() => choose(chosen === hazard.code ? null : hazard.code)}>
            <Icon name={hazardIcon(hazard.icon || hazard.code)} size={40} />
            <span>{named(hazard.name, language)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
