/** Connecting this phone to a liaison by a one-time code. */
import { languageOf } from "../../i18n/translate";
import { FIRST_STORE, IndexedStorage } from "../../store/indexed";
import type { Enrolled, PackInfo } from "../../store/storage";
import { Refusal, type Transport } from "../../sync/transport";
import { isRecord } from "../../sync/wire";
import { unbase64 } from "../../vault/box";
import { LEASE_DAYS } from "../../vault/lease";
import type { People } from "../../vault/people";

export type EnrolFailure = "used" | "unknown" | "too_many" | "offline";
/** The store that is now connected; another one than before when the code was another person's. */
export type Joined = { readonly store: string } | { readonly failure: EnrolFailure };

export interface EnrolParts {
  readonly transport: Transport;
  readonly people: People;
  readonly storage: IndexedStorage;
  readonly now: () => Date;
}

/** Exchanges the code and stores what came. The outbox is kept: a phone that was forgotten sends it with its new name. */
export async function enrol({ transport, people, storage, now }: EnrolParts, code: string): Promise<Joined> {
  let answer: Record<string, unknown>;
  try {
    answer = await transport.enrol(code);
  } catch (error) {
    return { failure: error instanceof Refusal ? failureOf(error.status) : "offline" };
  }
  const facts = readFacts(answer, now(), (await storage.state()).language);
  const { store } = await people.meet(facts.person?.id ?? null, facts.person?.name ?? "", FIRST_STORE);
  const theirs = store === storage.name ? storage : await IndexedStorage.open(store);
  await theirs.enrolled(facts);
  await people.choose(store);
  if (theirs !== storage) theirs.close();
  return { store };
}

function failureOf(status: number): EnrolFailure {
  if (status === 410) return "used";
  if (status === 404 || status === 400 || status === 422) return "unknown";
  return status === 429 ? "too_many" : "offline";
}

function readFacts(answer: Record<string, unknown>, now: Date, language: string | null): Enrolled {
  const person = isRecord(answer["person"]) ? answer["person"] : {};
  const lease = isRecord(answer["lease"]) ? answer["lease"] : {};
  const key = answer["server_key"];
  return {
    token: String(answer["token"]), pushToken: typeof answer["push_token"] === "string" ? answer["push_token"] : null,
    device: String(answer["device"] ?? ""), enrolledAt: now.getTime(),
    person: { name: String(person["name"] ?? ""), language: String(person["language"] ?? ""), ...(typeof person["id"] === "string" && { id: person["id"] }) },
    serverKey: isRecord(key) ? { kid: String(key["kid"]), public: key["public"] as JsonWebKey } : null,
    share: typeof lease["share"] === "string" ? unbase64(lease["share"]) : null, days: Number(lease["days"] ?? LEASE_DAYS),
    pack: readPack(answer["pack"]), language: language ?? languageOf(String(person["language"] ?? "")),
  };
}

function readPack(value: unknown): PackInfo | null {
  if (!isRecord(value)) return null;
  const hazards = Array.isArray(value["hazards"]) ? value["hazards"].filter(isRecord) : [];
  return {
    code: String(value["code"] ?? ""), name: value["name"] ?? "",
    hazards: hazards.map((one) => ({ code: String(one["code"] ?? ""), name: one["name"] ?? "", icon: String(one["icon"] ?? "") })),
  };
}
