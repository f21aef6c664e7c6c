/** Puts the parts together and starts. */
import { render } from "preact";
import { App } from "./app";
import { CarriedStore } from "./features/carry/shelf";
import { enrol } from "./features/enrol/enrol";
import { FormSounds, KeptForms, keepForms } from "./features/forms/kept";
import { BrowserRecorder } from "./features/report/browser-recorder";
import { languageOf, type Language } from "./i18n/translate";
import { FIRST_STORE, IndexedStorage } from "./store/indexed";
import { sendAll } from "./sync/background";
import { later, removeApp, watch } from "./sync/browser";
import { Engine } from "./sync/engine";
import { exclusively } from "./sync/exclusively";
import { Sender } from "./sync/sender";
import { inShell, serverAddress } from "./sync/server-address";
import { Transport } from "./sync/transport";
import "./ui/app.css";
import { keepPhrases } from "./ui/keep-phrases";
import { KeptPhrases } from "./ui/phrases";
import { lacking, Unfit, whyNoStore, type Lack } from "./ui/unfit";
import { BrowserVoice, NO_PHRASES } from "./ui/voice";
import { closeWhenAway } from "./vault/away";
import { acquaint, partWith } from "./vault/tenants";
import { Lock } from "./vault/lock";
import { People } from "./vault/people";
import { registerWorker } from "./worker-client";

async function start(root: HTMLElement): Promise<void> {
  const people = await People.open();
  const storage = await IndexedStorage.open(await people.current(FIRST_STORE));
  await acquaint(people, storage);
  const here = { page: location.href, shell: inShell(), get kept() { return localStorage; } };
  const base = serverAddress(here) ?? new URL("./", location.href).href;
  const transport = new Transport((request) => fetch(request), base);
  const phrases = new KeptPhrases(base, (request) => fetch(request), caches);
  const forms = new KeptForms(base, (request) => fetch(request), caches);
  const carried = await CarriedStore.open();
  const lock = new Lock(storage, transport, Date.now);
  const leave = (): Promise<void> => partWith(people, removeApp);
  const engine = new Engine(storage, transport, leave, carried);
  const others = async (): Promise<string[]> => (await people.all()).map((one) => one.store).filter((store) => store !== storage.name);
  const sender = new Sender({
    run: async (interrupted) => {
      const outcome = await engine.run(interrupted);
      if (outcome === "wiped") return outcome;
      await lock.renew().catch(() => undefined); // the next run asks again; what was sent is sent
      // Somebody else's reports wait on this phone too; a line that fails them fails nobody else.
      await sendAll({ stores: others, transport, carried, exclusively: (work) => work(), removeApp: leave }).catch(() => 0);
      return outcome;
    },
    letGo: () => transport.letGo(), exclusively, later, random: Math.random,
  });
  const services = {
    storage, lock, carried, transport, sender, forms, recorder: new BrowserRecorder(), voice: new BrowserVoice(new FormSounds(phrases, forms)), now: () => new Date(),
    people: { all: () => people.all(), here: storage.name, turnTo: (store: string) => people.choose(store).then(() => location.reload()) },
    enrol: (code: string) => enrol({ transport, people, storage, now: () => new Date() }, code),
  };
  root.replaceChildren();
  render(<App services={services} first={await storage.state()} />, root);
  keepPhrases(phrases, sender, async () => languageOf((await storage.state()).language) ?? own(), Date.now);
  keepForms(forms, storage, sender);
  closeWhenAway(lock);
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
