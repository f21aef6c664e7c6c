/** Passes a file on: the phone's own share sheet, else a download that any messenger or cable takes along. */

/** Whether it left (a share that was called off did not). Throws when it could not. */
export async function shareFile(file: File): Promise<boolean> {
  if (!navigator.canShare?.({ files: [file] })) return download(file);
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return false;
    return download(file); // no app to share to, or the system refused: the file itself is still of use
  }
}

function download(file: File): boolean {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
