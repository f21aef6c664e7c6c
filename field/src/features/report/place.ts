/** Where the report is made, if the phone can tell. It is looked for beside everything else and never waited for. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** WGS84 degrees, accuracy in metres. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly accuracy: number;
}

export type Finding = { readonly state: "off" | "finding" | "none" | "refused" } | { readonly state: "found"; readonly place: Place };

const OPTIONS: PositionOptions = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 };

export function usePlace(): { finding: Finding; toggle: () => void } {
  const [finding, setFinding] = useState<Finding>({ state: "finding" });
  const wanted = useRef(0);
  const look = useCallback(() => {
    const mine = ++wanted.current;
    const settle = (next: Finding): void => {
      if (wanted.current === mine) setFinding(next);
    };
    if (!navigator.geolocation) return setFinding({ state: "none" });
    setFinding({ state: "finding" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => settle({ state: "found", place: placeOf(coords) }),
      (error) => settle({ state: error.code === error.PERMISSION_DENIED ? "refused" : "none" }),
      OPTIONS,
    );
  }, []);
  useEffect(look, [look]);
  const toggle = (): void => {
    if (finding.state !== "finding" && finding.state !== "found") return look();
    wanted.current++;
    setFinding({ state: "off" });
  };
  return { finding, toggle };
}

/** Six decimals are a hand's breadth; more only costs bytes. */
function placeOf(coords: GeolocationCoordinates): Place {
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return { lat: round(coords.latitude), lon: round(coords.longitude), accuracy: Math.round(coords.accuracy) };
}
