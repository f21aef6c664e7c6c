/** A photo that lies in the store, shown without any address that could leave the phone. */
import { useEffect, useMemo } from "preact/hooks";

export function Picture({ bytes, mime, label }: { bytes: ArrayBuffer; mime: string; label: string }) {
  const address = useMemo(() => URL.createObjectURL(new Blob([bytes], { type: mime })), [bytes, mime]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <img class="picture" src={address} alt={label} />;
}
