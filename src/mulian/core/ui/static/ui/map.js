// Turns the drawn map point into a moving map. No base map is needed: points and distances are all there is.
const figures = document.querySelectorAll('[data-map]')

function pin(kind, text) {
  const element = document.createElement('div')
  element.className = `map-pin ${kind}`
  element.textContent = text
  return element
}

function places(figure) {
  return [...figure.querySelectorAll('.map-near li')].map((item) => [Number(item.dataset.lon), Number(item.dataset.lat)])
}

function lines(here, others) {
  const features = others.map((there) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'LineString', coordinates: [here, there] },
  }))
  return { type: 'FeatureCollection', features }
}

function style(figure, here, others) {
  const colours = getComputedStyle(figure)
  return {
    version: 8,
    sources: { lines: { type: 'geojson', data: lines(here, others) } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.getPropertyValue('--ground-2').trim() } },
      {
        id: 'lines',
        type: 'line',
        source: 'lines',
        paint: { 'line-color': colours.getPropertyValue('--line-strong').trim(), 'line-dasharray': [3, 3] },
      },
    ],
  }
}

function words(figure) {
  const said = figure.dataset
  return {
    'Map.Title': said.wordMap,
    'NavigationControl.ZoomIn': said.wordIn,
    'NavigationControl.ZoomOut': said.wordOut,
    'ScaleControl.Meters': said.wordM,
    'ScaleControl.Kilometers': said.wordKm,
  }
}

function show(maplibre, figure) {
  const canvas = figure.querySelector('[data-map-canvas]')
  const here = [Number(figure.dataset.lon), Number(figure.dataset.lat)]
  const others = places(figure)
  const drawn = canvas.querySelector('svg')
  const holder = document.createElement('div')
  holder.className = 'map-live'
  canvas.append(holder)
  const map = new maplibre.Map({ container: holder, style: style(figure, here, others), center: here, zoom: 11, attributionControl: false, locale: words(figure) })
  map.addControl(new maplibre.NavigationControl({ showCompass: false }))
  map.addControl(new maplibre.ScaleControl())
  new maplibre.Marker({ element: pin('here', '') }).setLngLat(here).addTo(map)
  others.forEach((there, i) => new maplibre.Marker({ element: pin('place', String(i + 1)) }).setLngLat(there).addTo(map))
  if (others.length) {
    const bounds = new maplibre.LngLatBounds(here, here)
    others.forEach((there) => bounds.extend(there))
    map.fitBounds(bounds, { padding: { top: 40, bottom: 50, left: 40, right: 80 }, maxZoom: 13, animate: false })
  }
  map.once('load', () => drawn.classList.add('only-print'))
}

if (figures.length) {
  import('../vendor/maplibre-gl.mjs')
    .then((maplibre) => figures.forEach((figure) => show(maplibre, figure)))
    .catch(() => {
      // Without WebGL or the library the drawing stays: it says the same.
    })
}
