/** One report: what was said, where it stands, what the county answered, what the family says to that. */
import { moment } from "../../i18n/time";
import { isKey } from "../../i18n/translate";
import type { MediaPart } from "../../outbox/command";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { Picture } from "../../ui/pictures";
import { Player } from "../../ui/player";
import { go } from "../../ui/route";
import { isRecord } from "../../sync/wire";
import { answerVoice } from "../../sync/wanted";
import { Marks } from "./marks";
import { Rating } from "./rating";
import { isAnswered, reports, type Report } from "./reports";

interface Sounds {
  readonly mine: MediaPart | undefined;
  readonly photos: readonly MediaPart[];
  readonly answer: MediaPart | undefined;
}

export function CaseScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => {
    const report = (await reports(storage)).find((one) => one.id === id || one.thing?.id === id);
    return report ? { report, sounds: await sounds(report) } : null;
  }, [id]);
  async function sounds(report: Report): Promise<Sounds> {
    const voice = report.thing && answerVoice(report.thing);
    const [mine, answer, ...photos] = await Promise.all([
      report.voice ? storage.media(report.voice.sha256) : undefined,
      voice ? storage.file(voice.sha256) : undefined,
      ...report.photos.map((sha256) => storage.media(sha256)),
    ]);
    return { mine, answer, photos: photos.filter((photo) => photo !== undefined) };
  }
  return (
    <Screen title={t("case.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Case {...live.data} /> : <Empty icon="search" text={t("case.missing")} />)}
    </Screen>
  );
}

function Case({ report, sounds }: { report: Report; sounds: Sounds }) {
  const { t } = useApp();
  const number = report.thing?.data["number"];
  return (
    <div class="page">
      {typeof number === "string" && <p class="quiet digits">{number}</p>}
      <Marks mark={report.mark} />
      {report.mark === "refused" && report.receipt && (
        <Note icon="urgent" kind="error"><b>{t("mark.refused")}</b><p>{report.receipt.message}</p><p>{t("mark.refused_hint")}</p></Note>
      )}
      {report.thing && isAnswered(report.thing) && <Answer report={report} voice={sounds.answer} />}
      {(report.mark === "received" || report.mark === "text_received") && <p class="quiet">{t("case.no_answer")}</p>}
      <section class="said">
        {report.urgent && <p class="urgent-word"><Icon name="urgent" />{t("report.urgent")}</p>}
        {report.text && <p class="words" data-say>{report.text}</p>}
        {sounds.mine && report.voice && <Player bytes={sounds.mine.bytes} mime={sounds.mine.mime} seconds={report.voice.seconds} label={t("case.my_voice")} />}
        {sounds.photos.map((photo) => <Picture key={photo.sha256} bytes={photo.bytes} mime={photo.mime} label={t("case.photo")} />)}
      </section>
      <Steps report={report} />
      {report.later.map(({ command, mark }) => (
        <p key={command.id} class="later"><Icon name={command.kind === "cases.feedback" ? "star" : "plus"} size={22} /><Marks mark={mark} /></p>
      ))}
      {report.mark !== "refused" && <Button icon="plus" label={t("case.add")} onClick={() => go(`report?add=${report.thing?.id ?? report.id}`)} />}
    </div>
  );
}

function Answer({ report, voice }: { report: Report; voice: MediaPart | undefined }) {
  const { t } = useApp();
  const answer = report.thing?.data["answer"];
  const expected = report.thing && answerVoice(report.thing);
  if (!isRecord(answer) || !report.thing) return null;
  return (
    <section class="answer">
      <h2><Icon name="answer" />{t("case.answer")}</h2>
      {voice && <Player bytes={voice.bytes} mime={voice.mime} seconds={expected?.seconds ?? 0} label={t("case.answer")} />}
      {expected && !voice && <Note icon="offline" kind="info">{t("case.voice_coming")}</Note>}
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
      </ol>
    </section>
  );
}
