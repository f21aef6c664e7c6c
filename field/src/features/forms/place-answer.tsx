/** Where it is: the phone's own place, looked for only when somebody asks for it. */
import { useEffect, useState } from "preact/hooks";
import { isRecord } from "../../sync/wire";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { usePlace } from "../report/place";
import type { AnswerProps } from "./question";

export function PlaceAnswer({ spot: { raw }, give }: AnswerProps) {
  const { t } = useApp();
  const [looking, setLooking] = useState(false);
  if (isRecord(raw)) {
    return (
      <>
        <p class="fact good" role="status" data-say><Icon name="pin" size={26} />{t("report.place_found", { n: Math.round(Number(raw["accuracy"] ?? 0)) })}</p>
        <Button icon="cross" label={t("report.delete")} onClick={() => (setLooking(false), give(undefined))} />
      </>
    );
  }
  return looking ? <Looking give={give} /> : <Button icon="pin" label={t("forms.find_place")} onClick={() => setLooking(true)} />;
}

function Looking({ give }: Pick<AnswerProps, "give">) {
  const { t } = useApp();
  const { finding, toggle } = usePlace();
  useEffect(() => {
    if (finding.state === "found") give(finding.place);
  }, [finding]);
  if (finding.state === "none" || finding.state === "refused") return <Trouble what={finding.state === "refused" ? "camp_refused" : "camp_place"}><Button icon="again" label={t("app.retry")} onClick={toggle} /></Trouble>;
  return <p class="fact" role="status" data-say><span class="spinner" aria-hidden="true" />{t("report.place_finding")}</p>;
}
