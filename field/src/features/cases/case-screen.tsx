/** One report: what was said, where it stands, what the county answered, what the family says to that. */
import { moment } from "../../i18n/time";
import { isKey } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { answerVoice } from "../../sync/wanted";
import { isRecord } from "../../sync/wire";
import { Content } from "./heard";
import { householdNames } from "./list";
import { Marks } from "./marks";
import { Rating } from "./rating";
import { isAnswered, reports, type Report } from "./reports";

export function CaseScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => {
    const report = (await reports(storage)).find((one) => one.id === id || one.thing?.id === id);
    return report ? { report, household: (await householdNames(storage)).get(report.household ?? "") ?? "" } : null;
  }, [id]);
  return (
    <Screen title={t("case.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Case {...live.data} /> : <Empty icon="search" text={t("case.missing")} />)}
    </Screen>
  );
}

function Case({ report, household }: { report: Report; household: string }) {
  const { t } = useApp();
  const number = report.thing?.data["number"];
  return (
    <div class="page">
      {typeof number === "string" && <p class="quiet digits">{number}</p>}
      <Marks mark={report.mark} />
      {report.mark === "refused" && report.receipt && (
        <Note icon="urgent" kind="error"><b>{t("mark.refused")}</b><p>{report.receipt.message}</p><p>{t("mark.refused_hint")}</p></Note>
      )}
      {report.thing && isAnswered(report.thing) && <Answer report={report} />}
      {(report.mark === "received" || report.mark === "text_received") && <p class="quiet">{t("case.no_answer")}</p>}
      <Said report={report} />
      {household && <Button icon="tent" label={household} onClick={() => go(`household/${report.household}`)} />}
      <Proof report={report} />
      <Steps report={report} />
      {report.later.map(({ command, mark }) => (
        <p key={command.id} class="later"><Icon name={command.kind === "cases.feedback" ? "star" : "plus"} size={22} /><Marks mark={mark} /></p>
      ))}
      {report.mark !== "refused" && <Button icon="plus" label={t("case.add")} onClick={() => go(`report?add=${report.thing?.id ?? report.id}`)} />}
    </div>
  );
}

/** Everything the report says, also when another liaison said it. */
function Said({ report }: { report: Report }) {
  const { t } = useApp();
  const voice = report.receipt || !report.thing ? t("case.my_voice") : t("case.their_voice");
  return (
    <section class="said">
      {report.urgent && <p class="urgent-word"><Icon name="urgent" />{t("report.urgent")}</p>}
      {report.text && <p class="words" data-say>{report.text}</p>}
      {report.voices.map((part) => <Content key={part.sha256} part={part} kind="voice" label={voice} />)}
      {report.photos.map((part) => <Content key={part.sha256} part={part} kind="photo" label={t("case.photo")} />)}
    </section>
  );
}

function Proof({ report }: { report: Report }) {
  const { t } = useApp();
  if (!report.proof.length) return null;
  return (
    <section class="said">
      <h2><Icon name="check" />{t("case.proof")}</h2>
      {report.proof.map((part) => <Content key={part.sha256} part={part} kind={part.seconds ? "voice" : "photo"} label={t("case.proof")} />)}
    </section>
  );
}

/** What an interpreter wrote of the answer stands before the original: it is what this family can read or be read. */
function Translated({ translation }: { translation: Record<string, unknown> }) {
  const { t } = useApp();
  const text = translation["text"];
  if (typeof text !== "string" || !text) return null;
  return (
    <>
      <p class="words" lang={translation["language"] === "bo" ? "bo" : "zh-Hans"} data-say>{text}</p>
      <h3>{t("case.original")}</h3>
    </>
  );
}

function Answer({ report }: { report: Report }) {
  const { t } = useApp();
  const answer = report.thing?.data["answer"];
  const voice = report.thing && answerVoice(report.thing);
  if (!isRecord(answer)) return null;
  return (
    <section class="answer">
      <h2><Icon name="answer" />{t("case.answer")}</h2>
      {voice && <Content part={voice} kind="voice" label={t("case.answer")} />}
      {isRecord(answer["translation"]) && <Translated translation={answer["translation"]} />}
      {typeof answer["text"] === "string" && answer["text"] && <p class="words" data-say>{answer["text"]}</p>}
      <Rating report={report} />
    </section>
  );
}

function Steps({ report }: { report: Report }) {
  const { t, language } = useApp();
  const sent = report.thing?.data["steps"];
  const steps = (Array.isArray(sent) ? sent : []).filter(isRecord).map((step) => ({ at: String(step["at"] ?? ""), word: stateWord(String(step["state"] ?? "")) }));
  function stateWord(state: string): string {
    const key = `state.${state}`;
    return isKey(key) ? t(key) : "";
  }
  const received = report.receipt?.verdict === "received" || report.receipt?.verdict === "applied" ? report.receipt : null;
  return (
    <section>
      <h2>{t("case.steps")}</h2>
      <ol class="timeline">
        <li><b>{t("case.saved_at")}</b><span class="quiet">{moment(language, report.at)}</span></li>
        {received && <li><b>{t("case.received_at")}</b><span class="quiet">{moment(language, received.serverAt)}</span></li>}
        {steps.filter((step) => step.word).map((step, index) => <li key={index}><b>{step.word}</b><span class="quiet">{moment(language, step.at)}</span></li>)}
        {report.due && <li class="ahead"><b>{t("case.due")}</b><span class="quiet">{moment(language, report.due)}</span></li>}
      </ol>
    </section>
  );
}
