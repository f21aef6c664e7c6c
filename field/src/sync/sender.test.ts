import { expect, test } from "vitest";
import type { Outcome } from "./engine";
import { backOff, Sender, type Exclusively, type Later } from "./sender";
import { NoAnswer, Refusal } from "./transport";

/** A lock as the browser's: one holder, the others wait their turn. */
function lock(): Exclusively {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** A timer that only moves when told. */
class Clock {
  readonly due: { readonly work: () => void; readonly millis: number }[] = [];
  later: Later = (work, millis) => {
    const entry = { work, millis };
    this.due.push(entry);
    return () => void this.due.splice(this.due.indexOf(entry), 1);
  };
}

function sender(run: (interrupted: () => boolean) => Promise<Outcome>, clock = new Clock(), exclusively = lock()): Sender {
  return new Sender({ run, exclusively, later: clock.later, random: () => 0 });
}

test("two tabs never send at the same time", async () => {
  let inside = 0;
  let most = 0;
  const run = async (): Promise<Outcome> => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    return "done";
  };
  const shared = lock();
  const tabs = [sender(run, new Clock(), shared), sender(run, new Clock(), shared)];
  await Promise.all(tabs.flatMap((tab) => [tab.kick(), tab.kick()]));
  expect(most).toBe(1);
});

test("asking while it runs means exactly one more run, and tells the run to hurry", async () => {
  const seen: boolean[] = [];
  const one: Sender = sender(async (interrupted) => {
    if (seen.length === 0) for (let times = 0; times < 5; times++) void one.kick();
    seen.push(interrupted());
    return "done";
  });
  await one.kick();
  expect(seen).toEqual([true, false]);
});

test("failures wait longer each time, success goes back to the steady pace", async () => {
  const clock = new Clock();
  let works = false;
  const one = sender(() => (works ? Promise.resolve<Outcome>("done") : Promise.reject(new NoAnswer("no"))), clock);
  const waits: number[] = [];
  for (let times = 0; times < 3; times++) {
    await one.kick();
    waits.push(clock.due.at(-1)!.millis);
  }
  expect(one.state).toBe("offline");
  works = true;
  await one.kick();
  expect([...waits, clock.due.at(-1)!.millis, clock.due.length]).toEqual([2_000, 4_000, 8_000, 300_000, 1]);
  expect([backOff(50, 60_000), backOff(50, 900_000)]).toEqual([60_000, 900_000]);
});

test("a server that names a time is left alone until then", async () => {
  const clock = new Clock();
  let runs = 0;
  const one = sender(() => (++runs === 1 ? Promise.reject(new Refusal(503, "busy", "", 60)) : Promise.resolve<Outcome>("done")), clock);
  await one.kick();
  await one.kick();
  expect([runs, one.state, clock.due[0]?.millis]).toEqual([1, "busy", 60_000]);
  clock.due[0]?.work();
  await one.kick();
  expect(runs).toBeGreaterThan(1);
});

test("what was only taken in is asked for once more, soon and spread out; then the steady pace goes on", async () => {
  const clock = new Clock();
  const outcomes: Outcome[] = ["awaited", "done"];
  const phone = new Sender({ run: async () => outcomes.shift() ?? "done", exclusively: lock(), later: clock.later, random: () => 0.5 });
  await phone.kick();
  expect(clock.due.map((one) => one.millis)).toEqual([30_000]);
  clock.due[0]!.work();
  await phone.kick();
  expect([clock.due.map((one) => one.millis), outcomes]).toEqual([[375_000], []]);
});
