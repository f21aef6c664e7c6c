/** The state of one recording on a screen: from the press to the finished sound. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { NoMicrophone, type Recording, type RecordingSession } from "./recorder";

export type Recorded =
  | { readonly state: "idle" | "starting" | "refused" | "missing" }
  | { readonly state: "recording"; readonly since: number }
  | { readonly state: "done"; readonly recording: Recording };

export interface RecordingControl {
  readonly recorded: Recorded;
  readonly level: number;
  readonly start: () => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** `draft`: the name under which each second is written to the store, so that a killed app loses none of it; or null. */
export function useRecording(initial: Recording | null, draft: string | null): RecordingControl {
  const { recorder, storage } = useApp();
  const [recorded, setRecorded] = useState<Recorded>(initial ? { state: "done", recording: initial } : { state: "idle" });
  const [level, setLevel] = useState(0);
  const session = useRef<RecordingSession | null>(null);
  const gone = useRef(false);

  useEffect(() => () => {
    gone.current = true;
    session.current?.stop();
  }, []);

  const start = useCallback(() => {
    const parts: ArrayBuffer[] = [];
    const piece = (bytes: ArrayBuffer, mime: string, seconds: number): void => {
      parts.push(bytes);
      if (draft !== null && !gone.current) void storage.saveDraft({ id: draft, mime, seconds, parts: [...parts] });
    };
    const ended = (recording: Recording): void => setRecorded({ state: "done", recording });
    setRecorded({ state: "starting" });
    recorder.start({ level: setLevel, piece, ended }).then(
      (begun) => {
        session.current = begun;
        if (gone.current) begun.discard();
        else setRecorded({ state: "recording", since: performance.now() });
      },
      (error: unknown) => setRecorded({ state: error instanceof NoMicrophone ? error.reason : "missing" }),
    );
  }, [recorder, storage, draft]);

  const stop = useCallback(() => session.current?.stop(), []);
  const clear = useCallback(() => {
    session.current?.discard();
    setRecorded({ state: "idle" });
  }, []);
  return { recorded, level, start, stop, clear };
}
