/** Connecting this phone to a liaison by a one-time code. */
import { languageOf } from "../../i18n/translate";
import type { PackInfo, Storage } from "../../store/storage";
import { Refusal, type Transport } from "../../sync/transport";
import { isRecord } from "../../sync/wire";

export type EnrolFailure = "used" | "unknown" | "too_many" | "offline";

/** Exchanges the code and stores what came. The outbox is kept: a phone that was forgotten sends it with its new name. */
export async function enrol(transport: Transport, storage: Storage, code: string): Promise<EnrolFailure | null> {
  try {
    const answer = await transport.enrol(code);
    const person = isRecord(answer["person"]) ? answer["person"] : {};
    const held = await storage.state();
    await storage.forget();
    await storage.setState({
      access: "ok", token: String(answer["token"]), device: String(answer["device"] ?? ""),
      person: { name: String(person["name"] ?? ""), language: String(person["language"] ?? "") },
      pack: readPack(answer["pack"]), cursor: null, cold: true, round: held.round + 1,
      language: held.language ?? languageOf(String(person["language"] ?? "")),
    });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return failureOf(error.status);
    return "offline";
  }
}

function failureOf(status: number): EnrolFailure {
  if (status === 410) return "used";
  if (status === 404 || status === 400 || status === 422) return "unknown";
  return status === 429 ? "too_many" : "offline";
}

function readPack(value: unknown): PackInfo | null {
  if (!isRecord(value)) return null;
  const hazards = Array.isArray(value["hazards"]) ? value["hazards"].filter(isRecord) : [];
  return {
    code: String(value["code"] ?? ""), name: value["name"] ?? "",
    hazards: hazards.map((one) => ({ code: String(one["code"] ?? ""), name: one["name"] ?? "", icon: String(one["icon"] ?? "") })),
  };
}
