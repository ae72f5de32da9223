// Shows /openapi.json as the keys in the form may see it. The keys come from the form, or from the
// fragment of the address (#apikey=…&token=…), which no server is sent; they are kept for this tab.
'use strict';

const form = document.getElementById('keys');
const notice = document.getElementById('notice');
const NAMES = ['apikey', 'token'];

function field(name) {
  return form.elements.namedItem(name);
}

function tell(text) {
  notice.textContent = text;
  notice.hidden = text === '';
}

function remember() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (NAMES.some((name) => given.has(name))) {
    for (const name of NAMES) sessionStorage.setItem(name, given.get(name) ?? '');
    history.replaceState(null, '', location.pathname + location.search);
  }
  for (const name of NAMES) field(name).value = sessionStorage.getItem(name) ?? '';
}

function headers(keys) {
  const all = {};
  if (keys.apikey) all.apikey = keys.apikey;
  if (keys.token) all.Authorization = `Bearer ${keys.token}`;
  return all;
}

async function message(response) {
  try {
    return (await response.json()).message;
  } catch {
    return response.statusText;
  }
}

async function show() {
  const keys = Object.fromEntries(NAMES.map((name) => [name, field(name).value.trim()]));
  for (const name of NAMES) sessionStorage.setItem(name, keys[name]);
  const place = document.getElementById('description');
  place.replaceChildren();
  tell('');
  let response;
  try {
    response = await fetch(`openapi.json${location.search}`, { headers: headers(keys) });
  } catch {
    tell('The server does not answer.');
    return;
  }
  if (!response.ok) {
    const nobody = response.status === 401 && !keys.apikey && !keys.token;
    tell(nobody ? 'Enter a key to see what it may do.' : `${response.status}: ${await message(response)}`);
    return;
  }
  const description = await response.json();
  document.title = description.info.title;
  // Whatever the public address is, requests go to the server this page came from.
  const { pathname } = new URL(description.servers[0].url, location.href);
  description.servers = [{ url: location.origin + pathname }];
  const ui = SwaggerUIBundle({
    spec: description,
    domNode: place,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    onComplete() {
      if (keys.apikey) ui.preauthorizeApiKey('apikey', keys.apikey);
      if (keys.token) ui.preauthorizeApiKey('bearer', keys.token);
    },
  });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show();
});
window.addEventListener('hashchange', () => {
  remember();
  show();
});
remember();
show();
