/** What every screen may use, handed down once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { CarriedStore } from "../features/carry/shelf";
import type { KeptForms } from "../features/forms/kept";
import type { Recorder } from "../features/report/recorder";
import type { Key, Language, Params } from "../i18n/translate";
import type { PhoneState, Storage } from "../store/storage";
import type { Sender } from "../sync/sender";
import type { Transport } from "../sync/transport";
import type { Joined } from "../features/enrol/enrol";
import type { Lock } from "../vault/lock";
import type { PeopleHere } from "../vault/people";
import type { Voice } from "./voice";

export interface App {
  readonly storage: Storage;
  /** What this phone carries for others. */
  readonly carried: CarriedStore;
  readonly lock: Lock;
  readonly people: PeopleHere;
  /** Exchanges a one-time code. */
  readonly enrol: (code: string) => Promise<Joined>;
  readonly sender: Sender;
  readonly transport: Transport;
  readonly forms: KeptForms;
  readonly recorder: Recorder;
  readonly voice: Voice;
  readonly now: () => Date;
  readonly phone: PhoneState;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: Key, params?: Params) => string;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("a screen outside the app");
  return app;
}
