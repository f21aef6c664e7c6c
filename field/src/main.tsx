/** Puts the parts together and starts. */
import { render } from "preact";
import { App } from "./app";
import { CarriedStore } from "./features/carry/shelf";
import { BrowserRecorder } from "./features/report/browser-recorder";
import { languageOf, type Language } from "./i18n/translate";
import { IndexedStorage } from "./store/indexed";
import { later, removeApp, watch } from "./sync/browser";
import { Engine } from "./sync/engine";
import { exclusively } from "./sync/exclusively";
import { Sender } from "./sync/sender";
import { Transport } from "./sync/transport";
import "./ui/app.css";
import { keepPhrases } from "./ui/keep-phrases";
import { KeptPhrases } from "./ui/phrases";
import { lacking, Unfit, whyNoStore, type Lack } from "./ui/unfit";
import { BrowserVoice, NO_PHRASES } from "./ui/voice";
import { registerWorker } from "./worker-client";

async function start(root: HTMLElement): Promise<void> {
  const storage = await IndexedStorage.open();
  const base = new URL(import.meta.env.BASE_URL, location.href).href;
  const transport = new Transport((request) => fetch(request), base);
  const phrases = new KeptPhrases(base, (request) => fetch(request), caches);
  const carried = await CarriedStore.open();
  const engine = new Engine(storage, transport, removeApp, carried);
  const sender = new Sender({ run: (interrupted) => engine.run(interrupted), exclusively, later, random: Math.random });
  const services = {
    storage, carried, transport, sender, recorder: new BrowserRecorder(), voice: new BrowserVoice(phrases), now: () => new Date(),
  };
  root.replaceChildren();
  render(<App services={services} first={await storage.state()} />, root);
  keepPhrases(phrases, sender, async () => languageOf((await storage.state()).language) ?? own(), Date.now);
  watch(sender);
  registerWorker(sender, storage);
}

const own = (): Language => languageOf(navigator.language) ?? "bo";

/** Private windows and broken phones give no database. Better said at once than after the first report. */
function unfit(root: HTMLElement, lack: Lack): void {
  root.replaceChildren();
  render(<Unfit lack={lack} first={own()} voice={new BrowserVoice(NO_PHRASES)} />, root);
}

const root = document.getElementById("app");
const lack = lacking();
if (root && lack) unfit(root, lack);
else if (root) start(root).catch((error: unknown) => unfit(root, whyNoStore(error)));
