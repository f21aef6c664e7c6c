/** Keeps the screen from going dark by itself while somebody speaks. Returns the way to let it sleep again. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let over = false;
  const ask = (): void => {
    if (document.visibilityState !== "visible" || over) return;
    // A phone that refuses (low battery) records all the same.
    navigator.wakeLock?.request("screen").then((given) => (over ? void given.release() : (lock = given)), () => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}
