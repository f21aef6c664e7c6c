/** People, herds, camps of a form: who is there already, one more, one less; each with pages of its own. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Empty } from "../../ui/parts";
import { added, isName, removed, rowsOf, type Draft } from "./draft";
import type { Filled } from "./fill";
import { Filling, Spot } from "./filling";
import { pagesOf } from "./pages";
import { instanceName, label } from "./wording";

export function RepeatPage({ draft, filling, change, goTo, spot }: Filled & { readonly spot: Spot }) {
  const { t, language } = useApp();
  const count = rowsOf(spot).length;
  const title = label(spot, language);
  const open = (at: number, answers = draft.answers): void => {
    const first = firstPage(spot, at, answers, draft);
    if (first) goTo(first);
  };
  const add = (): void => {
    const answers = added(draft.answers, spot);
    change((held) => ({ ...held, answers }));
    open(count, answers);
  };
  return (
    <section class="question" aria-label={title}>
      <h2 data-say>{title} <span class="quiet digits">{count}</span></h2>
      {!count && <Empty icon="file" text={t("forms.none")} />}
      <ul class="list">
        {rowsOf(spot).map((_, at) => {
          const name = instanceName(spot, at, language, t);
          return (
            <li key={at} class="instance">
              <button class="row" onClick={() => open(at)}><span class="grow"><b>{name}</b><Passed draft={draft} spot={spot} at={at} /></span><Icon name="next" /></button>
              {!isKnown(spot, draft, at) && <button class="round" aria-label={t("forms.remove", { name })} onClick={() => change((held) => without(held, spot, at))}><Icon name="cross" /></button>}
            </li>
          );
        })}
      </ul>
      {count < filling.most(spot.node.path, spot.place) && <Button icon="plus" label={t("forms.add")} onClick={add} />}
    </section>
  );
}

function Passed({ draft, spot, at }: { draft: Draft; spot: Spot; at: number }) {
  const { t } = useApp();
  const passed = draft.seen.some((name) => name.startsWith(`${spot.name}[${at + 1}]/`));
  return <span class={passed ? "fact good" : "fact open"}><Icon name={passed ? "check" : "minus"} size={20} />{t(passed ? "forms.passed" : "forms.open")}</span>;
}

/** Whom the register knows is not taken off a list: leaving a family is an event of its own. */
function isKnown(spot: Spot, draft: Draft, at: number): boolean {
  return spot.node.children.some((child) => isName(child) && draft.known[new Spot(spot.filling, child, [...spot.place, at]).name]);
}

/** Those behind it move up; what was seen of them is asked once more. */
function without(draft: Draft, spot: Spot, at: number): Draft {
  const behind = rowsOf(spot).map((_, index) => index).filter((index) => index >= at).map((index) => `${spot.name}[${index + 1}]/`);
  return { ...draft, answers: removed(draft.answers, spot, at), seen: draft.seen.filter((name) => !behind.some((start) => name.startsWith(start))) };
}

function firstPage(spot: Spot, at: number, answers: Draft["answers"], draft: Draft): string | undefined {
  const { form, today, now, language } = spot.filling;
  const filling = new Filling(form, answers, today, now, language);
  return pagesOf(filling, { repeat: spot.node, place: [...spot.place, at] }, draft.known)[0]?.key;
}
