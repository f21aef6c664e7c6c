"""What is wrong with a phone, as scripts run before the app starts or while it runs."""

CATCH_MICROPHONE = """() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wish) => (window.heard = await ask(wish))
}"""
A_CALL_COMES = "window.heard.getTracks()[0].dispatchEvent(new Event('mute'))"
NO_MICROPHONE = """(name) => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name))
}"""
DISK_FULL = """() => {
  const add = IDBObjectStore.prototype.add
  window.makeRoom = () => { IDBObjectStore.prototype.add = add }
  IDBObjectStore.prototype.add = function () { throw new DOMException('', 'QuotaExceededError') }
}"""
ALMOST_FULL = "() => { navigator.storage.estimate = async () => ({ quota: 5e7, usage: 4.9e7 }) }"
AN_OPEN_ADDRESS = "() => Object.defineProperty(window, 'isSecureContext', { value: false })"
AN_OLD_BROWSER = "() => { delete AbortSignal.timeout }"
NO_DATABASE = "() => Object.defineProperty(window, 'indexedDB', { value: undefined })"
A_NEWER_STORE = """() => {
  IDBFactory.prototype.open = () => { throw new DOMException('', 'VersionError') }
}"""
CLOCK_SET = """(hours) => {
  const Real = Date, off = hours * 3600000
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + off) }
    static now() { return Real.now() + off }
  }
}"""
HOURS, TWENTY_DAYS, A_YEAR = 3, 20 * 24, 365 * 24
"""What `CLOCK_SET` is given."""
