import { expect, test } from "vitest";
import { standing } from "../../outbox/unsent";
import { Phone, sound } from "../../testing/phone";
import { reasonOf } from "./list";

test("a refused report is no longer counted as unsent, and says why in the words of the phone", async () => {
  const phone = await Phone.enrolled();
  phone.server.judge = (command) => (command.body["text"] === "fine" ? { verdict: "applied" } : { verdict: "refused", code: String(command.body["text"]), message: "县里的话" });
  for (const code of ["sync.bad_body", "sync.revoked", "cases.closed", "fine"]) await phone.report({ text: code }, [await sound(300)]);
  await phone.sync();
  const { waiting, refused } = await standing(phone.storage);
  expect(waiting).toEqual([]);
  expect(refused.map(reasonOf)).toEqual([{ key: "refused.bad" }, { key: "refused.revoked" }, { text: "县里的话" }]);
  expect(refused.map((one) => one.what)).toEqual(["report", "report", "report"]);
});

test("without words of the county the phone has its own", () => {
  const command = { id: "x", seq: 1, wire: "", media: [], urgent: false };
  expect(reasonOf({ command, code: "unheard.of", message: "", what: "report" })).toEqual({ key: "refused.bad" });
  expect(reasonOf({ command, code: "files.broken", message: "x", what: "media" })).toEqual({ key: "refused.media" });
});
