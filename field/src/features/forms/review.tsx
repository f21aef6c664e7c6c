/** Before it is sent: what is to be mended first, then everything that was answered; a press leads back to it. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Note } from "../../ui/parts";
import type { Filled } from "./fill";
import { rowsOf } from "./draft";
import { Filling, Spot } from "./filling";
import { levelOf, pagesOf, type Page } from "./pages";
import { outcome } from "./submit";
import { answer, instanceName, label } from "./wording";

export function Review({ form, draft, filling, goTo, pages }: Filled & { readonly pages: readonly Page[] }) {
  const { t, now } = useApp();
  const refused = Object.keys(outcome(form, draft, now(), filling.language).refused);
  return (
    <>
      <h2 data-say>{t("forms.review")}</h2>
      {refused.length > 0 && (
        <Note icon="urgent" kind="error">
          <b>{t("forms.mend", { n: refused.length })}</b>
          <ul class="list">{refused.map((name) => <li key={name}><Mend name={name} filling={filling} known={draft.known} goTo={goTo} /></li>)}</ul>
        </Note>
      )}
      <ul class="list plain">
        {pages.flatMap((page) => page.kind === "questions"
          ? page.spots.filter(({ node }) => node.type !== "note").map((spot) => <li key={spot.name}><Line spot={spot} open={() => goTo(page.key)} /></li>)
          : page.kind === "repeat" ? [<li key={page.key}><Instances spot={page.spot} open={() => goTo(page.key)} /></li>] : [])}
      </ul>
    </>
  );
}

function Line({ spot, open }: { spot: Spot; open: () => void }) {
  const { t, language } = useApp();
  const words = answer(spot, language, t);
  return (
    <button class="row" onClick={open}>
      <span class="grow"><span class="quiet">{label(spot, language)}</span><b class={words ? "" : "quiet"}>{words || t("forms.no_answer")}</b></span>
      <Icon name="text" size={22} />
    </button>
  );
}

function Instances({ spot, open }: { spot: Spot; open: () => void }) {
  const { t, language } = useApp();
  const names = rowsOf(spot).map((_, at) => instanceName(spot, at, language, t));
  return (
    <button class="row" onClick={open}>
      <span class="grow"><span class="quiet">{label(spot, language)} <span class="digits">{names.length}</span></span><b>{names.join(language === "bo" ? "། " : "，") || t("forms.none")}</b></span>
      <Icon name="text" size={22} />
    </button>
  );
}

/** The page on which a refused answer stands, wherever it lies. */
function Mend({ name, filling, known, goTo }: { name: string; filling: Filling; known: Filled["draft"]["known"]; goTo: (key: string) => void }) {
  const { t, language } = useApp();
  const level = levelOf(filling, name);
  const page = pagesOf(filling, level, known).find((one) => (one.kind === "questions" ? one.spots.some((spot) => spot.name === name) : one.key === name));
  const node = filling.form.nodes.get(name.replace(/\[\d+\]/g, ""));
  const words = node ? label(new Spot(filling, node, level?.place ?? []), language) : name;
  const whose = level ? instanceName(new Spot(filling, level.repeat, level.place.slice(0, -1)), level.place.at(-1)!, language, t) : "";
  return <button class="row" disabled={!page} onClick={() => page && goTo(page.key)}><span class="grow"><b>{words}</b>{whose && <span class="quiet">{whose}</span>}</span><Icon name="next" /></button>;
}
