// The public page. Without it every form works as it stands; it adds the microphone, the place, and a form that keeps
// what was said when the line breaks. Written for old browsers: no modules, no framework, nothing kept unasked.
;(function () {
  'use strict'
  var MOST_TRIES = 3
  var LONGEST_SIDE = 2048
  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector))
  }
  function one(selector, root) {
    return (root || document).querySelector(selector)
  }
  function clock(seconds) {
    var rest = Math.floor(seconds % 60)
    return Math.floor(seconds / 60) + ':' + (rest < 10 ? '0' : '') + rest
  }

  // The microphone: one button starts and stops; what was said can be heard before it is sent.
  function voice(box) {
    if (!window.MediaRecorder || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return
    var button = one('[data-record]', box)
    var words = one('[data-words]', box)
    var time = one('[data-time]', box)
    var state = one('[data-state]', box)
    var machine = null
    var after = null
    one('[data-live]', box).hidden = false
    one('[data-file]', box).hidden = true

    function kind() {
      var kinds = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']
      return kinds.filter(function (each) {
        return MediaRecorder.isTypeSupported(each)
      })[0]
    }
    function begin(stream) {
      var parts = []
      var since = Date.now()
      machine = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: 16000 })
      var ticking = setInterval(function () {
        var seconds = (Date.now() - since) / 1000
        time.textContent = clock(seconds)
        if (seconds >= Number(box.getAttribute('data-most'))) machine.stop()
      }, 250)
      machine.ondataavailable = function (event) {
        if (event.data.size) parts.push(event.data)
      }
      machine.onstop = function () {
        clearInterval(ticking)
        stream.getTracks().forEach(function (track) {
          track.stop()
        })
        keep(new Blob(parts, { type: machine.mimeType.split(';')[0] }), (Date.now() - since) / 1000)
        machine = null
      }
      machine.start(1000)
      button.disabled = false
      button.classList.add('danger')
      words.textContent = box.getAttribute('data-stop')
      time.hidden = false
      state.textContent = box.getAttribute('data-recording')
    }
    function keep(blob, seconds) {
      box.blob = blob
      one('[name=voice_seconds]', box).value = seconds.toFixed(1)
      button.classList.remove('danger')
      words.textContent = box.getAttribute('data-again')
      state.textContent = ''
      time.textContent = clock(seconds)
      var heard = one('[data-heard]', box)
      heard.src = URL.createObjectURL(blob)
      heard.hidden = false
      if (after) after()
      after = null
    }
    function refused() {
      button.disabled = false
      state.textContent = box.getAttribute('data-refused')
      one('[data-file]', box).hidden = false
    }
    // Whoever sends while speaking is done speaking: what was said goes along.
    box.whole = function (then) {
      if (!machine) return then()
      after = then
      machine.stop()
    }
    button.addEventListener('click', function () {
      if (machine) return machine.stop()
      button.disabled = true // a second press while the microphone opens would leave the first one open
      navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true } }).then(begin, refused)
    })
  }

  // Sends without leaving the page, so that nothing said is lost when there is no signal.
  function form(element) {
    if (!window.fetch || !window.FormData || !FormData.prototype.set) return
    var state = one('[data-sending-state]', element)
    var waiting = false
    var pressed = null
    function say(name) {
      state.hidden = !name
      state.textContent = name ? state.getAttribute('data-' + name) : ''
    }
    function busy(is) {
      all('[type=submit]', element).forEach(function (button) {
        button.disabled = is
      })
    }
    function body() {
      var data = new FormData(element)
      if (pressed && pressed.name) data.set(pressed.name, pressed.value)
      var box = one('[data-voice]', element)
      if (box && box.blob) data.set('voice', box.blob, 'voice.' + (box.blob.type.split('/')[1] || 'webm'))
      var shown = one('[data-pictures]', element)
      if (shown && shown.small) {
        data.delete('photos')
        shown.small.forEach(function (blob) {
          data.append('photos', blob, 'photo.jpg')
        })
      }
      return data
    }
    function answered(response) {
      if (response.redirected) {
        forget(element)
        location.assign(response.url)
        return
      }
      return response.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, 'text/html')
        var errors = one('form[action="' + element.getAttribute('action') + '"] [data-errors]', page)
        if (errors) {
          one('[data-errors]', element).innerHTML = errors.innerHTML
          var slip = one('form[action="' + element.getAttribute('action') + '"] [name=slip]', page)
          if (slip) one('[name=slip]', element).value = slip.value
          one('[data-errors]', element).scrollIntoView()
        } else {
          document.body.replaceChild(document.importNode(one('main', page), true), one('main'))
        }
        say('')
        busy(false)
      })
    }
    function send(tries) {
      busy(true)
      say('sending')
      fetch(element.action, { method: 'POST', body: body(), credentials: 'same-origin' }).then(answered, function () {
        if (tries < MOST_TRIES && navigator.onLine !== false) {
          setTimeout(function () {
            send(tries + 1)
          }, 1000 * tries)
          return
        }
        busy(false)
        waiting = true
        say('failed')
      })
    }
    element.addEventListener('submit', function (event) {
      event.preventDefault()
      pressed = event.submitter || document.activeElement
      waiting = false
      var box = one('[data-voice]', element)
      var go = function () {
        send(1)
      }
      if (box && box.whole) box.whole(go)
      else go()
    })
    window.addEventListener('online', function () {
      if (!waiting) return
      waiting = false
      say('back')
      send(1)
    })
    keepWords(element)
  }

  // Words stay on the phone only when that was asked for, and go when they were sent.
  function place(element) {
    return 'words:' + element.getAttribute('action')
  }
  function forget(element) {
    try {
      localStorage.removeItem(place(element))
    } catch (error) {
      return
    }
  }
  function keepWords(element) {
    var box = one('[data-keep]', element)
    var words = one('textarea', element)
    try {
      var kept = localStorage.getItem(place(element))
    } catch (error) {
      return
    }
    if (!box || !words) return
    box.hidden = false
    var wanted = one('input', box)
    if (kept && !words.value) words.value = kept
    wanted.checked = Boolean(kept)
    function store() {
      if (wanted.checked) localStorage.setItem(place(element), words.value)
      else forget(element)
    }
    words.addEventListener('input', store)
    wanted.addEventListener('change', store)
  }

  // Photos are made smaller here, which also leaves out where they were taken; the server does both again.
  function pictures(box) {
    if (!window.createImageBitmap || !HTMLCanvasElement.prototype.toBlob) return
    var field = one('[type=file]', box)
    var thumbs = one('[data-thumbs]', box)
    var state = one('[data-state]', box)
    var turn = 0
    function smaller(file) {
      return createImageBitmap(file).then(function (picture) {
        var scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
        var canvas = document.createElement('canvas')
        canvas.width = Math.round(picture.width * scale)
        canvas.height = Math.round(picture.height * scale)
        canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
        return new Promise(function (done, failed) {
          canvas.toBlob(function (blob) {
            if (blob) done(blob)
            else failed(new Error('no picture'))
          }, 'image/jpeg', 0.82)
        })
      })
    }
    function show(blobs) {
      thumbs.textContent = ''
      blobs.forEach(function (blob) {
        var image = document.createElement('img')
        image.src = URL.createObjectURL(blob)
        image.alt = ''
        image.className = 'thumb'
        thumbs.appendChild(image)
      })
    }
    field.addEventListener('change', function () {
      var chosen = Array.prototype.slice.call(field.files, 0, Number(box.getAttribute('data-most')))
      var mine = (turn += 1)
      box.small = null
      state.textContent = ''
      Promise.all(chosen.map(smaller)).then(
        function (blobs) {
          if (mine !== turn) return // others were chosen meanwhile
          box.small = blobs
          show(blobs)
        },
        function () {
          if (mine !== turn) return
          field.value = ''
          show([])
          state.textContent = box.getAttribute('data-failed')
        },
      )
    })
  }

  // The number aloud, digit by digit: the county's own recordings first, else a voice of the phone.
  function say(button) {
    var language = button.getAttribute('data-lang')
    var digits = one('[data-code]').textContent.replace(/\D/g, '').split('')
    function play(sounds) {
      var at = 0
      var audio = new Audio()
      function next() {
        if (at >= digits.length) return
        audio.src = '/field/phrases/' + language + '/' + sounds[digits[at]]
        at += 1
        audio.play()
      }
      audio.onended = next
      next()
    }
    function speech() {
      var voices = window.speechSynthesis ? speechSynthesis.getVoices() : []
      return voices.filter(function (each) {
        return each.lang.slice(0, 2).toLowerCase() === language.slice(0, 2).toLowerCase()
      })[0]
    }
    function offer(act) {
      button.hidden = false
      button.addEventListener('click', act)
    }
    function phones() {
      if (!speech()) return
      offer(function () {
        var words = new SpeechSynthesisUtterance(digits.join(', '))
        words.voice = speech()
        words.rate = 0.7
        speechSynthesis.speak(words)
      })
    }
    function recorded(list) {
      var sounds = {}
      list.sounds.forEach(function (sound) {
        sounds[sound.words] = sound.sha256
      })
      var whole = digits.every(function (digit) {
        return sounds[digit]
      })
      if (whole) offer(function () {
        play(sounds)
      })
      else phones()
    }
    if (!window.fetch) return phones()
    fetch('/field/phrases/' + language)
      .then(function (answer) {
        return answer.ok ? answer.json() : { sounds: [] }
      })
      .then(recorded, phones)
  }

  // A camera read the picture on the slip: the number stands behind the #, which never left this phone.
  function fromPicture(element) {
    var code = location.hash.replace(/\D/g, '')
    if (code.length !== 16) return
    history.replaceState(null, '', location.pathname)
    one('[name=code]', element).value = code
    element.submit()
  }

  all('[data-voice]').forEach(voice)
  all('form[data-door]').forEach(form)
  all('[data-pictures]').forEach(pictures)
  all('[data-say]').forEach(say)
  all('form[data-code-form]').forEach(fromPicture)
  all('[data-print]').forEach(function (button) {
    button.hidden = false
    button.addEventListener('click', function () {
      window.print()
    })
  })
})()
