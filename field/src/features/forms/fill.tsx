/** Filling in: page after page; each answer is on the disk before the next is asked, so a dead battery costs nothing. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { Saved } from "../report/saved";
import { SaveTrouble } from "../tasks/save-dock";
import { useSaving } from "../tasks/saving";
import { whyRefused } from "./checking";
import type { Definition } from "./definition";
import { answered, drafts, keep, type Draft } from "./draft";
import { Filling, type Spot } from "./filling";
import { offered } from "./kept";
import { levelOf, pagesOf, type Level, type Page } from "./pages";
import { offering } from "./passing";
import { Question } from "./question";
import { RepeatPage } from "./repeat-page";
import { Review } from "./review";
import { composeForm, local, outcome, today } from "./submit";
import { label } from "./wording";

export function FillScreen({ id }: { id: string }) {
  const { t, storage, forms } = useApp();
  // Read once: from here on what is on the glass is the truth, and the disk follows it.
  const [first] = useState(() => drafts(storage).then((all) => all.find((one) => one.id === id) ?? null));
  const live = useLive(storage, async () => {
    const draft = await first;
    const [form, offers] = draft ? await Promise.all([forms.get(draft.sha256), storage.things("form")]) : [null, []];
    const declared = offered(offers).find((one) => one.form === draft?.form)?.declared ?? [];
    return draft && { draft, form: form && form !== "newer" ? offering(form, declared) : form };
  }, [id]);
  if (live.state === "ready" && live.data?.form && live.data.form !== "newer") return <Fill first={live.data.draft} form={live.data.form} />;
  return (
    <Screen title={t("forms.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <div class="page">{live.data?.form === "newer" ? <TooNew /> : <Empty icon="file" text={t(live.data ? "forms.coming" : "forms.missing")} />}</div>}
    </Screen>
  );
}

/** The form is made for a newer app than this: nothing is begun, nothing lost. */
export function TooNew() {
  const { t } = useApp();
  return <><Empty icon="file" text={t("forms.newer")} /><Trouble what="update" /></>;
}

export interface Filled {
  readonly form: Definition;
  readonly draft: Draft;
  readonly filling: Filling;
  readonly change: (make: (draft: Draft) => Draft) => void;
  readonly goTo: (key: string) => void;
}

function Fill({ first, form }: { first: Draft; form: Definition }) {
  const { t, language, storage, now } = useApp();
  const [draft, setDraft] = useState(first);
  const latest = useRef(draft);
  const [failed, setFailed] = useState(false);
  const { state, save } = useSaving(draft.id);
  const change = (make: (draft: Draft) => Draft): void => {
    if (state === "saving") return;
    latest.current = make(latest.current);
    setDraft(latest.current);
    keep(storage, latest.current).then(() => setFailed(false), () => setFailed(true));
  };
  const filling = useMemo(() => new Filling(form, draft.answers, today(now()), local(now()), language === "zh-Hans" ? "zh" : language), [form, draft.answers, language]);
  const filled: Filled = { form, draft, filling, change, goTo: (key) => change((held) => ({ ...held, at: key })) };
  if (state === "saved") return <Saved />;
  const send = async (): Promise<void> => save(async () => {
    // Behind every answer on its way to the disk, so that none of them lays the draft down again after it was sent.
    await keep(storage, latest.current);
    return composeForm(form, latest.current, await storage.formFiles(draft.id), now(), filling.language);
  });
  return (
    <Screen title={named(form.title, language) || t("forms.title")} back>
      <Leaf filled={filled} sending={state === "saving"} send={() => void send()} trouble={<><SaveTrouble state={state} />{failed && <SaveTrouble state="failed" />}</>} />
    </Screen>
  );
}

function Leaf({ filled, sending, send, trouble }: { filled: Filled; sending: boolean; send: () => void; trouble: ComponentChildren }) {
  const { t, now } = useApp();
  const { form, draft, filling, change, goTo } = filled;
  const level = levelOf(filling, draft.at);
  const pages = pagesOf(filling, level, draft.known);
  const at = Math.max(0, pages.findIndex((page) => page.key === draft.at));
  const page = pages[at];
  // What is missing or wrong is said when somebody wants to go on, not while they type.
  const [tried, setTried] = useState("");
  const [busy, setBusy] = useState(false);
  useReading(page, draft.id);
  if (!page) return <Empty icon="file" text={t("forms.missing")} />;
  const back = at > 0 ? pages[at - 1]!.key : level ? outOf(level) : null;
  const wrong = page.kind === "questions" ? page.spots.find(whyRefused) : undefined;
  const next = (): void => {
    if (wrong) return setTried(page.key);
    change((held) => ({ ...held, seen: seenWith(held, page), at: pages[at + 1]?.key ?? outOf(level) }));
  };
  const ready = page.kind !== "review" || !Object.keys(outcome(form, draft, now(), filling.language).refused).length;
  return (
    <div class="page form">
      <p class="quiet form-head"><b>{draft.name}</b><span class="digits">{t("forms.page", { i: at + 1, n: pages.length })}</span></p>
      <progress value={at + 1} max={pages.length} aria-label={t("forms.page", { i: at + 1, n: pages.length })} />
      {page.kind === "review" && <Review {...filled} pages={pages} />}
      {page.kind === "repeat" && <RepeatPage {...filled} spot={page.spot} />}
      {page.kind === "questions" && page.spots.map((spot) => (
        <Question key={spot.name} spot={spot} draft={draft.id} since={sinceOf(draft, spot)} why={tried === page.key ? whyRefused(spot) : null} first={spot === wrong} busy={setBusy}
          give={(value) => change((held) => ({ ...held, answers: answered(held.answers, spot, value) }))} />
      ))}
      {trouble}
      <footer class="dock form-dock">
        <button class="round" aria-label={t("forms.previous")} disabled={busy || back === null} onClick={() => back !== null && goTo(back)}><Icon name="back" /></button>
        {page.kind === "review"
          ? <Button kind="primary" icon="send" label={sending ? t("report.saving") : t("forms.submit")} busy={sending} disabled={!ready} onClick={send} />
          : <Button kind="primary" icon="next" label={t("forms.next")} disabled={busy} onClick={next} />}
      </footer>
    </div>
  );
}

/** Back among the instances of the repeat. */
function outOf(level: Level): string {
  if (!level) return "review";
  const { repeat, place } = level;
  const parts = repeat.path.split("/");
  let [above, depth] = ["", 0];
  return parts.map((part) => {
    above = above ? `${above}/${part}` : part;
    return repeat.repeats.includes(above) ? `${part}[${place[depth++]! + 1}]` : part;
  }).join("/");
}

function seenWith({ seen }: Draft, page: Page): readonly string[] {
  return page.kind === "questions" ? [...new Set([...seen, ...page.spots.map((spot) => spot.name)])] : seen;
}

/** The register's answer, while it is still the one that stands there. */
const sinceOf = (draft: Draft, spot: Spot): string => (spot.raw === undefined ? "" : draft.known[spot.name] ?? "");

/** Each page begins at its top, and says its first question. */
function useReading(page: Page | undefined, draft: string): void {
  const { voice, language, phone } = useApp();
  useEffect(() => {
    scrollTo(0, 0);
    const spot = page?.kind === "questions" ? page.spots[0] : page?.kind === "repeat" ? page.spot : undefined;
    if (spot && phone.speaking) voice.say(language, [label(spot, language), named(spot.node.hint, language)].filter(Boolean).join("\n"));
  }, [page?.key, draft]);
}
