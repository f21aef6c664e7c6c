/** Carrying: hand mine over, take somebody's, tell them it arrived. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { go, type CarryPart } from "../../ui/route";
import { codesOf, fileOf, load, type Load } from "./carry";
import { Codes } from "./codes";
import { shareFile } from "./share";
import { TakePart } from "./take";

export function CarryParts({ part }: { part: CarryPart }) {
  const { t } = useApp();
  return (
    <Screen title={t(part === "choose" ? "carry.title" : `carry.${part}`)} back>
      <div class="page">
        {part === "choose" && <Choose />}
        {part === "give" && <Give />}
        {part === "take" && <TakePart />}
        {part === "news" && <News />}
      </div>
    </Screen>
  );
}

/** Something of the carrier's shelf, read again whenever it changes. */
function useShelf<T>(read: () => Promise<T>): T | null {
  const { carried } = useApp();
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    const again = (): void => void read().then(setValue);
    again();
    return carried.onChange(again);
  }, [carried]);
  return value;
}

function Choose() {
  const { t, carried } = useApp();
  const shelf = useShelf(async () => ({ held: (await carried.unsent(Infinity)).length, arrived: (await carried.arrived()).length }));
  return (
    <>
      <p data-say>{t("carry.why")}</p>
      <Button kind="primary" icon="codes" label={t("carry.give")} onClick={() => go("carry/give")} />
      <Button icon="camera" label={t("carry.take")} onClick={() => go("carry/take")} />
      {shelf !== null && shelf.held > 0 && <Note icon="carry" kind="info">{t("carry.holding", { n: shelf.held })}</Note>}
      {shelf !== null && shelf.arrived > 0 && (
        <Note icon="check" kind="info">
          <p>{t("carry.arrived", { n: shelf.arrived })}</p>
          <Button icon="codes" label={t("carry.news")} onClick={() => go("carry/news")} />
        </Note>
      )}
    </>
  );
}

interface Ready {
  readonly what: Load;
  readonly codes: readonly string[] | null;
}

function Give() {
  const { t, storage, carried } = useApp();
  const [ready, setReady] = useState<Ready | "failed" | null>(null);
  const prepare = (): void => {
    load(storage, carried).then(async (what) => setReady({ what, codes: await codesOf(what) })).catch(() => setReady("failed"));
  };
  useEffect(prepare, []);
  if (ready === null) return <Loading />;
  if (ready === "failed") return <Failed retry={prepare} />;
  if (!ready.what.reports.length) return <Empty icon="check" text={t("carry.nothing")} />;
  return (
    <>
      {ready.codes ? <Codes frames={ready.codes} /> : <Note icon="file" kind="warning">{t("carry.too_much")}</Note>}
      <GiveFile what={ready.what} />
    </>
  );
}

function GiveFile({ what }: { what: Load }) {
  const { t, now } = useApp();
  const [said, setSaid] = useState<"file_ready" | "file_failed" | null>(null);
  const give = (): void => {
    void fileOf(what, now()).then(shareFile).then((shared) => setSaid(shared ? "file_ready" : null), () => setSaid("file_failed"));
  };
  return (
    <>
      <Button icon="file" label={t("carry.file")} onClick={give} />
      {said && <Note icon={said === "file_ready" ? "check" : "urgent"} kind={said === "file_ready" ? "info" : "error"}>{t(`carry.${said}`)}</Note>}
    </>
  );
}

function News() {
  const { t, carried } = useApp();
  const codes = useShelf(async () => {
    const arrived = await carried.arrived();
    return arrived.length ? await codesOf({ arrived }) : [];
  });
  if (codes === null) return <Loading />;
  return codes.length ? <Codes frames={codes} /> : <Empty icon="check" text={t("carry.nothing")} />;
}
