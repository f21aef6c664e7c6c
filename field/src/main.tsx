/** Puts the parts together and starts. */
import { render } from "preact";
import { App } from "./app";
import { CarriedStore } from "./features/carry/shelf";
import { BrowserRecorder } from "./features/report/browser-recorder";
import { languageOf, translate } from "./i18n/translate";
import { IndexedStorage } from "./store/indexed";
import { later, removeApp, watch } from "./sync/browser";
import { Engine } from "./sync/engine";
import { exclusively } from "./sync/exclusively";
import { Sender } from "./sync/sender";
import { Transport } from "./sync/transport";
import "./ui/app.css";
import { BrowserVoice, NO_PHRASES } from "./ui/voice";
import { registerWorker } from "./worker-client";

async function start(root: HTMLElement): Promise<void> {
  const storage = await IndexedStorage.open();
  const transport = new Transport((request) => fetch(request), new URL(import.meta.env.BASE_URL, location.href).href);
  const carried = await CarriedStore.open();
  const engine = new Engine(storage, transport, removeApp, carried);
  const sender = new Sender({ run: (interrupted) => engine.run(interrupted), exclusively, later, random: Math.random });
  const services = {
    storage, carried, transport, sender, recorder: new BrowserRecorder(), voice: new BrowserVoice(NO_PHRASES), now: () => new Date(),
  };
  root.replaceChildren();
  render(<App services={services} first={await storage.state()} />, root);
  watch(sender);
  registerWorker(sender, storage);
}

const root = document.getElementById("app");
if (root) start(root).catch(() => noStore(root));

/** Private windows and broken phones give no database. Better said at once than after the first report. */
function noStore(root: HTMLElement): void {
  const language = languageOf(navigator.language) ?? "bo";
  document.documentElement.lang = language;
  const words = Object.assign(document.createElement("p"), { className: "state", textContent: translate(language, "app.no_store") });
  words.setAttribute("role", "alert");
  root.replaceChildren(words);
}
