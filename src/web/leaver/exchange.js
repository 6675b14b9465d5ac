// "Answer online", where a browser runs this script: it makes the leaver's ticket
// itself and has us sign it unseen (RFC 9474; the arithmetic is in blind.js), so that
// we cannot tell whose it is. Without this script the form works as it stands, and
// our computer makes the ticket. The second never happens because the first failed:
// then the page says why, and whoever sits there chooses.
//
// For this tab only (sessionStorage) it keeps which key it has seen, and what it has
// blinded for this code. After a reload, a second press or a lost connection the very
// same is sent again: it is signed again, and anything else would be refused.

const PATIENCE = 20_000; // milliseconds, with a connection that says nothing

const form = document.querySelector("form[data-campaign]");
const { campaign, page } = form.dataset;
const code = form.elements.code.value;
const pending = `exchange ${code}`;
let isBusy = false;

if (isAble()) {
  const rest = document.querySelector("[data-pending]");
  if (rest) rest.hidden = sessionStorage.getItem(pending) === null;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) begin();
  });
  document.querySelector("[data-without]").addEventListener("click", () => form.submit());
  // Somebody came back by the browser's own button.
  addEventListener("pageshow", ({ persisted }) => persisted && say(""));
} else {
  say("unable");
}

/** A page that came without TLS has no WebCrypto; some browsers keep nothing for a tab. */
function isAble() {
  try {
    sessionStorage.setItem("able", "");
    sessionStorage.removeItem("able");
    return typeof BigInt === "function" && Boolean(crypto.subtle);
  } catch {
    return false;
  }
}

async function begin() {
  isBusy = true;
  say("working");
  try {
    const arithmetic = await import("./blind.js").catch(() => stop("away"));
    goOn(await signed(arithmetic, await checkedKey(arithmetic)));
  } catch (error) {
    say(error.trouble ?? "away");
  }
  isBusy = false;
}

function stop(trouble) {
  throw Object.assign(new Error(trouble), { trouble });
}

/**
 * The campaign's key as everybody is given it, if it has the fingerprint that the page
 * shows and that this tab has seen before: somebody with a key of their own could be
 * known again by it.
 */
async function checkedKey({ fingerprint, readKey }) {
  const said = await ask(`/campaigns/${campaign}/key`);
  const spki = bytes(said.spki);
  const reckoned = await fingerprint(spki);
  const shown = document.querySelector("[data-fingerprint]").textContent;
  const before = sessionStorage.getItem(`key ${campaign}`) ?? shown;
  if (said.campaign !== campaign || reckoned !== shown || reckoned !== before) stop("key");
  sessionStorage.setItem(`key ${campaign}`, reckoned);
  return readKey(spki).catch(() => stop("key"));
}

/** A serial of ours and the signature on it, which we have checked. */
async function signed({ prepare, blind, finalize }, key) {
  let kept = JSON.parse(sessionStorage.getItem(pending));
  if (kept?.signature) return kept;
  const message = new TextEncoder().encode(campaign);
  if (!kept) {
    const serial = crypto.getRandomValues(new Uint8Array(32));
    const { blinded, inverse } = await blind(key, prepare(message, serial));
    kept = { serial: text(serial), inverse: text(inverse), blinded: text(blinded) };
    sessionStorage.setItem(pending, JSON.stringify(kept));
  }
  const answer = await ask("/answer/exchange", { code, blinded: kept.blinded });
  const prepared = prepare(message, bytes(kept.serial));
  const signature = await finalize(key, prepared, bytes(answer.signature), bytes(kept.inverse)).catch(() =>
    stop("signature"),
  );
  kept = { serial: kept.serial, signature: text(signature) };
  sessionStorage.setItem(pending, JSON.stringify(kept));
  return kept;
}

/**
 * To an ordinary page, with the ticket and without the code, and with nothing that the
 * page before could have been marked with for one person: the language is one of two.
 */
function goOn({ serial, signature }) {
  const lang = form.elements.lang.value === "cy" ? "cy" : "en";
  const next = document.createElement("form");
  next.method = "post";
  next.action = "/answer/begin";
  for (const [name, value] of Object.entries({ campaign, serial, signature, lang })) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    next.append(field);
  }
  document.body.append(next);
  next.submit();
  next.remove();
}

/** Asks as anybody would: without a cookie, and without saying from which page. */
async function ask(path, fields) {
  const answer = await fetch(path, {
    method: fields ? "POST" : "GET",
    body: fields && new URLSearchParams(fields),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  }).catch(() => stop("away"));
  const said = await answer.json().catch(() => stop("away"));
  if (answer.ok) return said;
  if (said.error !== "refused") stop("away");
  // The code is of no use for this (any more): its own page says how it stands.
  sessionStorage.removeItem(pending);
  location.assign(page);
  return stop("refused");
}

/** Shows what is to be said in a case, and hides the rest. */
function say(what) {
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(what);
    if (!part.hidden && part.hasAttribute("tabindex")) part.focus();
  }
}

/** Base 64, of either alphabet. */
function bytes(encoded) {
  return Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
}

/** Base 64 for URLs, without padding. */
function text(decoded) {
  return btoa(String.fromCharCode(...decoded)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
