/** A video that is on this phone, with the browser's own large controls. */
import { useEffect, useMemo } from "preact/hooks";

export function Film({ bytes, mime, label }: { bytes: ArrayBuffer; mime: string; label: string }) {
  const address = useMemo(() => URL.createObjectURL(new Blob([bytes], { type: mime })), [bytes, mime]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <video class="film" src={address} controls playsInline preload="metadata" aria-label={label} />;
}
