/** Shows the codes of a bundle one after the other, again and again, as large as the phone is wide. */
import encodeQR from "qr";
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../ui/context";

/** Milliseconds a code stands: a slow camera sees each at least twice. */
const STANDS = 250;
const QUIET = 4;
const PIXELS = 6;

export function Codes({ frames }: { frames: readonly string[] }) {
  const { t } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [index, setIndex] = useState(0);
  useAwake();
  useEffect(() => {
    if (frames.length < 2) return undefined;
    const timer = setInterval(() => setIndex((at) => (at + 1) % frames.length), STANDS);
    return () => clearInterval(timer);
  }, [frames]);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, frames[index % frames.length]!);
  }, [frames, index]);
  return (
    <figure class="codes">
      <canvas ref={canvas} role="img" aria-label={t("carry.codes")} />
      <figcaption>
        <p data-say>{t("carry.show")}</p>
        {frames.length > 1 && <p class="quiet digits">{t("carry.frame", { i: (index % frames.length) + 1, n: frames.length })}</p>}
      </figcaption>
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, text: string): void {
  const modules = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: QUIET });
  canvas.width = canvas.height = modules.length * PIXELS;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  modules.forEach((row, y) => row.forEach((dark, x) => dark && pen.fillRect(x * PIXELS, y * PIXELS, PIXELS, PIXELS)));
}

/** Keeps the screen from going dark while it is being read, where the phone allows it. */
function useAwake(): void {
  useEffect(() => {
    const lock = navigator.wakeLock?.request("screen").catch(() => null);
    return () => void lock?.then((held) => held?.release());
  }, []);
}
