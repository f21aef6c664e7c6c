/** Chooses the screen and hands every screen what it needs. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CasesScreen } from "./features/cases/all";
import { CaseScreen } from "./features/cases/case-screen";
import { EnrolScreen } from "./features/enrol/screen";
import { prepareOrder } from "./features/households/household";
import { HouseholdsScreen } from "./features/households/list";
import { ComposerScreen } from "./features/report/composer";
import { PinScreen, pinIsDue } from "./features/lock/pin-screen";
import { LockScreen } from "./features/lock/screen";
import { HomeScreen } from "./features/report/home";
import { TasksScreen } from "./features/tasks/list";
import { TaskScreen } from "./features/tasks/task";
import { VisitScreen } from "./features/tasks/visit";
import { languageOf, translate, type Language } from "./i18n/translate";
import type { PhoneState } from "./store/storage";
import { afterPicture } from "./ui/after-picture";
import { AppContext, useApp, type App as Parts } from "./ui/context";
import { Icon } from "./ui/icons";
import { lazily } from "./ui/lazy";
import { useRoute } from "./ui/route";
import { listenForLabels } from "./ui/voice";

const AddFactScreen = lazily("household.add_fact", () => import("./features/households/add-fact").then((part) => part.AddFactScreen));
const CampHereScreen = lazily("household.camp_here", () => import("./features/households/camp-here").then((part) => part.CampHereScreen));
const CarryScreen = lazily("carry.title", () => import("./features/carry/screen").then((part) => part.CarryParts));
const ClipsScreen = lazily("clips.title", () => import("./features/clips/screen").then((part) => part.ClipsScreen));
const FormsParts = lazily("forms.title", () => import("./features/forms/screen").then((part) => part.FormsParts));
const HouseholdScreen = lazily("household.title", () => import("./features/households/page").then((part) => part.HouseholdScreen));
const InstitutionsScreen = lazily("institutions.title", () => import("./features/institutions/screen").then((part) => part.InstitutionsScreen));
const LifeScreen = lazily("lives.title", () => import("./features/lives/screen").then((part) => part.LifeScreen));
const MapScreen = lazily("map.title", () => import("./features/map/screen").then((part) => part.MapScreen));
const PhotographScreen = lazily("papers.title", () => import("./features/papers/screen").then((part) => part.PhotographScreen));
const SearchScreen = lazily("search.title", () => import("./features/search/screen").then((part) => part.SearchScreen));
const ServicesParts = lazily("services.title", () => import("./features/services/screen").then((part) => part.ServicesParts));
const StatusScreen = lazily("status.title", () => import("./features/status/screen").then((part) => part.StatusScreen));

export type Services = Omit<Parts, "phone" | "language" | "setLanguage" | "t">;

export function App({ services, first }: { services: Services; first: PhoneState }) {
  const phone = usePhone(services, first);
  const language = languageOf(phone.language) ?? languageOf(navigator.language) ?? "bo";
  const turns = useTurns(services);
  const wiped = useWiped(services);
  const spoken = useRef(language);
  if (!wiped && phone.access !== "none") spoken.current = language;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = translate(language, "app.name");
    return listenForLabels(services.voice, language, phone.speaking);
  }, [language, phone.speaking]);
  useEffect(() => afterPicture(() => prepareOrder(language)), [language]);
  const parts = useMemo<Parts>(() => ({
    ...services, phone, language,
    setLanguage: (next: Language) => void services.storage.setState({ language: next }),
    t: (key, params) => translate(language, key, params),
  }), [services, phone, language, turns]);
  return <AppContext.Provider value={parts}>{wiped ? <Wiped language={spoken.current} /> : <Current />}</AppContext.Provider>;
}

/** Speaking, sending and handing on need no PIN; everything that reads does. */
function Current() {
  const { phone, lock, now } = useApp();
  const route = useRoute();
  const { state, hasPin } = lock.facts;
  if (phone.access === "none" || route.screen === "enrol") return <EnrolScreen />;
  // What was forwarded is closed with the person's key; what is spoken now needs none.
  if (route.screen === "report" && (route.share === null || state === "open")) return <ComposerScreen key={location.hash} {...route} />;
  if (route.screen === "carry") return <CarryScreen key={route.part} part={route.part} />;
  if (state !== "open") return <LockScreen />;
  if (route.screen === "pin" || (!hasPin && pinIsDue(phone.enrolledAt, now().getTime()))) return <PinScreen />;
  switch (route.screen) {
    case "case": return <CaseScreen key={route.id} id={route.id} />;
    case "household": return <HouseholdScreen key={route.id} id={route.id} />;
    case "camp": return <CampHereScreen key={route.id} id={route.id} />;
    case "fact": return <AddFactScreen key={route.id} id={route.id} />;
    case "lives": return <LifeScreen key={route.id} id={route.id} />;
    case "paper": return <PhotographScreen key={location.hash} id={route.id} code={route.code} member={route.member} />;
    case "households": return <HouseholdsScreen />;
    case "institutions": return <InstitutionsScreen />;
    case "cases": return <CasesScreen />;
    case "map": return <MapScreen key={route.point} point={route.point} />;
    case "clips": return <ClipsScreen />;
    case "search": return <SearchScreen />;
    case "services": return <ServicesParts key={location.hash} part={route.part} id={route.id} />;
    case "forms": return <FormsParts key={location.hash} parts={route.parts} />;
    case "status": return <StatusScreen />;
    case "tasks": return <TasksScreen />;
    case "task": return <TaskScreen key={location.hash} id={route.id} speak={route.speak} />;
    case "visit": return <VisitScreen key={route.id} household={route.id} />;
    default: return <HomeScreen />;
  }
}

function usePhone({ storage }: Services, first: PhoneState): PhoneState {
  const [phone, setPhone] = useState(first);
  useEffect(() => storage.onChange(() => void storage.state().then((next) => setPhone((held) => (same(held, next) ? held : next)))), [storage]);
  return phone;
}

/** Changes whenever the store was opened or closed. */
function useTurns({ storage, lock }: Services): string {
  const [turns, setTurns] = useState("");
  useEffect(() => storage.onChange(() => setTurns(`${lock.facts.state} ${lock.facts.hasPin}`)), [storage, lock]);
  return turns;
}

const same = (a: PhoneState, b: PhoneState): boolean => JSON.stringify(a) === JSON.stringify(b);

function useWiped({ sender }: Services): boolean {
  const [wiped, setWiped] = useState(false);
  useEffect(() => sender.onChange(() => setWiped(sender.state === "wiped")), [sender]);
  return wiped;
}

function Wiped({ language }: { language: Language }) {
  return (
    <main><div class="saved" role="status">
      <span class="seal"><Icon name="phone" size={96} /></span>
      <h1>{translate(language, "wiped.title")}</h1>
      <p>{translate(language, "wiped.hint")}</p>
    </div></main>
  );
}
