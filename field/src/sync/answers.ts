/** Fetches the voices that came back from the county, so that a family can hear them without network. */
import { isRecord } from "./wire";
import type { Storage, Thing } from "../store/storage";
import { sha256 } from "../outbox/digest";
import { isLastWord, NoAnswer, refusal, type Transport } from "./transport";

export interface AnswerVoice {
  readonly sha256: string;
  readonly seconds: number;
}

/** The voice of a case's answer, if it has one. */
export function answerVoice(thing: Thing): AnswerVoice | null {
  const answer = thing.data["answer"];
  const voice = isRecord(answer) ? answer["voice"] : null;
  if (!isRecord(voice) || typeof voice["sha256"] !== "string") return null;
  return { sha256: voice["sha256"], seconds: Number(voice["seconds"] ?? 0) };
}

export async function fetchAnswers(
  storage: Storage, transport: Transport, token: string, interrupted: () => boolean,
): Promise<void> {
  const held = await storage.fileNames();
  for (const thing of await storage.things("case")) {
    const voice = answerVoice(thing);
    if (!voice || held.has(voice.sha256)) continue;
    if (interrupted()) return;
    await fetchOne(storage, transport, token, voice);
  }
}

async function fetchOne(storage: Storage, transport: Transport, token: string, voice: AnswerVoice): Promise<void> {
  const response = await transport.send(`files/${voice.sha256}`, { headers: { Authorization: `Device ${token}` } });
  if (!response.ok) {
    const error = await refusal(response);
    // One sound that is not there, or not checked yet, must not stop the others.
    if (isLastWord(error)) return;
    throw error;
  }
  const bytes = await response.arrayBuffer().catch((cause: unknown) => Promise.reject(new NoAnswer(String(cause))));
  // The server may have cleaned a file and serve the copy under its first name; its ETag is then the copy's own hash.
  const served = /^"([\da-f]{64})"$/.exec(response.headers.get("ETag") ?? "")?.[1] ?? voice.sha256;
  // Other bytes than were named are not kept, and asked for again next time; the rest of the run is not to suffer.
  if ((await sha256(bytes)) !== served) return;
  const mime = response.headers.get("Content-Type") ?? "audio/webm";
  await storage.keepFile({ sha256: voice.sha256, mime, seconds: voice.seconds, bytes });
}
