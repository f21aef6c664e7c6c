/** What an answer of the county does to the store: everything for the full token, next to nothing for the one that only sends. */
import type { Absorption, PhoneState } from "../store/storage";
import type { Answer } from "./wire";

type Effect = Omit<Absorption, "receipts">;

/** Of an answer to the push token: nothing but which county's memory the receipts belong to. */
export function pushed(answer: Answer): Effect {
  return { changes: [], state: { epoch: answer.epoch, lastSync: answer.now }, resend: false, sweep: false };
}

/** What an answer means for the store. After a restore nothing but receipts is taken; the next round pulls afresh. */
export function effect(state: PhoneState, answer: Answer, restored: boolean): Effect {
  const always = { epoch: answer.epoch, lastSync: answer.now, access: "ok" as const };
  if (restored) {
    return { changes: [], state: { ...always, cursor: null, cold: true, round: state.round + 1 }, resend: true, sweep: false };
  }
  return {
    changes: answer.changes, resend: false, sweep: state.cold && !answer.more,
    state: { ...always, cursor: answer.cursor, cold: state.cold && answer.more },
  };
}
