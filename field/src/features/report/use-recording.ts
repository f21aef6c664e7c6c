/** The state of one recording on a screen: from the press to the finished sound. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { NoMicrophone, type Recording, type RecordingSession } from "./recorder";

export type Recorded =
  | { readonly state: "idle" | "starting" | "refused" | "busy" | "missing" }
  /** `held`: a call has the microphone, or had it until now; nothing is recorded until `resume`. */
  | { readonly state: "recording"; readonly held: "no" | "busy" | "free" }
  | { readonly state: "done"; readonly recording: Recording };

export interface RecordingControl {
  readonly recorded: Recorded;
  readonly level: number;
  /** Seconds recorded so far. */
  readonly seconds: () => number;
  readonly resume: () => void;
  readonly start: () => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** `draft`: the name under which each second is written to the store, so that a killed app loses none of it; or null. */
export function useRecording(initial: Recording | null, draft: string | null): RecordingControl {
  const { recorder, storage, voice } = useApp();
  const [recorded, setRecorded] = useState<Recorded>(initial ? { state: "done", recording: initial } : { state: "idle" });
  const [level, setLevel] = useState(0);
  const lived = useStretches();
  const session = useRef<RecordingSession | null>(null);
  const gone = useRef(false);

  useEffect(() => () => {
    gone.current = true;
    voice.hush(false);
    session.current?.stop();
  }, []);

  const start = useCallback(() => {
    let index = 0;
    const piece = (bytes: ArrayBuffer, mime: string, seconds: number): void => {
      // A full phone cannot keep the seconds; the whole is still in memory, and saving it says what to do.
      if (draft !== null && !gone.current) void storage.savePiece({ id: draft, index: index++, mime, seconds, bytes }).catch(() => undefined);
    };
    const ended = (recording: Recording): void => {
      voice.hush(false);
      setRecorded({ state: "done", recording });
    };
    const held = (busy: boolean): void => {
      lived.rest();
      setRecorded({ state: "recording", held: busy ? "busy" : "free" });
    };
    setRecorded({ state: "starting" });
    // The phone's own voice has no place in a report.
    voice.hush(true);
    recorder.start({ level: setLevel, piece, ended, held }).then(
      (begun) => {
        session.current = begun;
        if (gone.current) return begun.discard();
        lived.begin();
        setRecorded({ state: "recording", held: "no" });
      },
      (error: unknown) => {
        voice.hush(false);
        setRecorded({ state: error instanceof NoMicrophone ? error.reason : "missing" });
      },
    );
  }, [recorder, storage, voice, draft]);

  const stop = useCallback(() => session.current?.stop(), []);
  const resume = useCallback(() => {
    session.current?.resume();
    lived.goOn();
    setRecorded({ state: "recording", held: "no" });
  }, []);
  const clear = useCallback(() => {
    session.current?.discard();
    setRecorded({ state: "idle" });
  }, []);
  return { recorded, level, seconds: lived.seconds, start, stop, resume, clear };
}

/** Counts the seconds of a recording that a call may interrupt. */
function useStretches(): { seconds: () => number; begin: () => void; rest: () => void; goOn: () => void } {
  const before = useRef(0);
  const since = useRef<number | null>(null);
  const seconds = (): number => before.current + (since.current === null ? 0 : (performance.now() - since.current) / 1000);
  const goOn = (): void => void (since.current = performance.now());
  const rest = (): void => {
    before.current = seconds();
    since.current = null;
  };
  const begin = (): void => {
    before.current = 0;
    goOn();
  };
  return { seconds, begin, rest, goOn };
}
