// The interviewer's questionnaire while it is open: saves by itself, goes on when
// the connection drops, takes away what is not to be asked, and chooses by keys.
// Without it the page works by its buttons. Nothing is put into the browser's
// storage, and the tablet's clock is not asked: it may be wrong.

const SOON = 1_000; // after the last change
const AT_LEAST = 15_000; // while something is unsaved
const PATIENCE = 20_000; // with a connection that says nothing

const form = document.getElementById("questionnaire");
const status = document.getElementById("saved");
const elsewhere = document.getElementById("elsewhere");
const questions = [...form.querySelectorAll(".ask")];
const sections = [...form.querySelectorAll("section[data-section]")];

document.documentElement.classList.add("scripted");
form.querySelectorAll("[data-scripted]").forEach((part) => (part.hidden = false));

// ---- Saving ---------------------------------------------------------------

let unsavedSince = null; // by performance.now(); null: everything is saved
let onItsWay = null; // sent, and nobody knows yet whether it arrived
let kept = "unsaved" in form.dataset ? null : entries(); // as the server has it
let isBusy = false;
let isStopped = false; // until the interviewer has chosen which version to keep
let isOver = false;
let failures = 0;
let isTooLong = false;
let timer;

/** All that is entered, as it is sent; the version apart, for it is no entry. */
function entries() {
  const all = new URLSearchParams(new FormData(form));
  all.delete("version");
  return all.toString();
}

function changed() {
  if (isOver) return;
  if (entries() === kept && onItsWay === null) return void (unsavedSince = null);
  unsavedSince ??= performance.now();
  const waited = performance.now() - unsavedSince;
  if (failures === 0) saveIn(Math.min(SOON, Math.max(0, AT_LEAST - waited)));
}

function saveIn(milliseconds) {
  clearTimeout(timer);
  if (!isStopped && !isOver) timer = setTimeout(save, milliseconds);
}

/**
 * Sends what is entered. What may have arrived although no answer came is sent
 * again just as it was, and taken by the server as the same; what was entered
 * since goes after it.
 */
async function save() {
  clearTimeout(timer);
  if (isBusy || isStopped || isOver) return;
  isBusy = true;
  isTooLong = false;
  onItsWay ??= { entries: entries(), version: form.elements.version.value };
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: `${onItsWay.entries}&version=${onItsWay.version}`,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const said = await answer.json();
    answer.ok ? saved(said) : refused(answer.status, said);
  } catch {
    say("Not saved: no connection. What you enter stays in this page and is sent when it is back.");
    again();
  }
  isBusy = false;
}

function saved({ version, saved_at }) {
  kept = onItsWay.entries;
  onItsWay = null;
  failures = 0;
  form.elements.version.value = version;
  unsavedSince = null;
  say(`Saved at ${saved_at}`);
  changed();
}

function refused(code, { words, version }) {
  say(words);
  if (code === 404 || code === 410) return over(words);
  if (code === 409) return stale(version);
  // Too long: nothing more is sent until it is shorter.
  if (code === 413) return void ((onItsWay = null), (isTooLong = true));
  again();
}

/** Tries again, less and less often, but never less than every 15 seconds. */
function again() {
  failures += 1;
  saveIn(Math.min(1_000 * 2 ** failures, AT_LEAST));
}

/** Another tab or device has saved since: the interviewer chooses. */
function stale(version) {
  onItsWay = null;
  isStopped = true;
  elsewhere.hidden = false;
  elsewhere.querySelector("[data-keep]").onclick = () => {
    form.elements.version.value = version;
    isStopped = false;
    elsewhere.hidden = true;
    status.focus();
    save();
  };
  elsewhere.querySelector("[data-load]").onclick = () => {
    isOver = true;
    location.reload();
  };
}

/** Nothing of an interview stays that is not theirs any more. */
function over(words) {
  isOver = true;
  clearTimeout(timer);
  const last = document.createElement("p");
  last.className = "lead";
  last.role = "alert";
  last.textContent = words;
  const back = document.createElement("a");
  back.href = "/interviews";
  back.textContent = "My interviews";
  form.replaceChildren(last, back);
}

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

form.addEventListener("input", () => { changed(); show(); });
form.addEventListener("change", (event) => { undoOthers(event.target); changed(); show(); });
for (const event of ["online", "focus"]) addEventListener(event, () => failures > 0 && save());
addEventListener("beforeunload", (event) => {
  if (!isOver && (onItsWay !== null || entries() !== kept)) event.preventDefault();
});

// Buttons that lead elsewhere do so once everything is saved.
form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const leads = button && !button.value.startsWith("save");
  if (leads && entries() === kept && onItsWay === null) return;
  event.preventDefault();
  failures = 0;
  const goesOn = () => failures === 0 && !isTooLong && !isStopped && !isOver;
  do await save(); while (goesOn() && (isBusy || entries() !== kept) && (await pause()));
  if (leads && !isOver && entries() === kept && onItsWay === null) form.requestSubmit(button);
});

/** While an earlier save is on its way. */
const pause = () => new Promise((go) => setTimeout(() => go(true), 100));

// ---- What is to be asked --------------------------------------------------

const values = (question, selector) => [...question.querySelectorAll(selector)].map((input) => input.value.trim());
const reasonOf = (question) => question.querySelector("[data-reason]:checked")?.dataset.reason;
const hasAny = (question) => question.querySelector("input:checked") !== null
  || values(question, "input[type=text], textarea, select").some((value) => value !== "");

/** The codes that conditions look at: as the server reads the same entries. */
function codes(question) {
  const reason = reasonOf(question) ? [reasonOf(question)] : [];
  const chosen = [...question.querySelectorAll("input:checked:not([data-reason])")];
  const typed = values(question, "input[type=text], textarea, select").join("");
  switch (question.dataset.kind) {
    case "multiple": {
      const meant = new Set(chosen.map((input) => input.dataset.code ?? input.value));
      const alone = chosen.filter((input) => "alone" in input.dataset);
      if (alone.length > 0 && meant.size > 1) return [];
      if (meant.size === 0) return reason;
      return reason.length === 0 || (alone[0]?.dataset.code === reason[0]) ? [...meant] : [];
    }
    case "number": {
      if (typed === "") return reason;
      const input = question.querySelector("input[type=text]");
      const number = /^[-+]?(\d+|\d{1,3}([,\s]\d{3})+)$/.test(typed) ? Number(typed.replace(/[,\s]/g, "")) : NaN;
      const fits = number >= Number(input.dataset.min) && number <= Number(input.dataset.max);
      return fits && reason.length === 0 ? [String(number)] : [];
    }
    case "month":
    case "text":
      return typed === "" ? reason : [];
    default:
      return chosen.length > 0 ? [chosen[0].dataset.code ?? chosen[0].value] : reason;
  }
}

function holds(element, given) {
  const has = (question) => (code) => given.get(question)?.includes(code);
  return JSON.parse(element.dataset.if ?? "[]").every(({ question, any, none }) =>
    (any.length === 0 || any.some(has(question))) && !none.some(has(question)));
}

/** Shows what is to be asked and how much of it is done. A condition looks at earlier sections only. */
function show() {
  const given = new Map();
  for (const section of sections) {
    const own = questions.filter((question) => section.contains(question));
    const isAsked = holds(section, given);
    for (const question of own) question.hidden = !(isAsked && holds(question, given));
    const asked = own.filter((question) => !question.hidden);
    section.hidden = asked.length === 0;
    for (const question of asked) given.set(question.dataset.question, codes(question));
    const entry = form.querySelector(`[data-progress="${section.dataset.section}"]`);
    entry.textContent = `${asked.filter(hasAny).length} of ${asked.length}`;
    entry.closest("li").hidden = section.hidden;
  }
}

/** What cannot stand beside `input` is taken back. */
function undoOthers(input) {
  const question = input.closest?.(".ask");
  if (!question || (input.type === "text" ? input.value === "" : "checked" in input && !input.checked)) return;
  const isReason = "reason" in input.dataset;
  const isAlone = "alone" in input.dataset;
  for (const other of question.querySelectorAll("input, textarea, select")) {
    if (other === input || other.name === input.name && other.type === "radio") continue;
    if (isReason) other.type === "radio" || other.type === "checkbox" ? (other.checked = false) : (other.value = "");
    else if ("reason" in other.dataset) other.checked = false;
    else if (other.type === "checkbox" && (isAlone || "alone" in other.dataset)) other.checked = false;
  }
}

// ---- Keys -----------------------------------------------------------------

// Only with the focus in a question, so that nobody's own keys are taken.
const keysOn = document.getElementById("keys-on");
const isTyping = (element) => element.matches("textarea, select, input[type=text]");

document.addEventListener("keydown", (event) => {
  const here = event.target;
  const place = here.closest?.(".ask, section[data-section]");
  if (!place || !form.contains(place) || !keysOn.checked) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (press(key, here, place)) event.preventDefault();
});

function press(key, here, place) {
  if (key === "Escape" && isTyping(here)) return focusOn(here.closest(".ask"));
  if (key === "Enter" && here.matches("input")) return step(place, 1);
  if (isTyping(here) || here.matches("button, a, summary")) return false;
  // Arrows choose among radio buttons: there they are the browser's.
  const isFree = !here.matches("input");
  if (key === "n" || (isFree && (key === "Enter" || key === "ArrowDown"))) return step(place, 1);
  if (key === "p" || (isFree && key === "ArrowUp")) return step(place, -1);
  const input = place.matches(".ask") && place.querySelector(`input[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (!input) return false;
  input.checked = input.type === "checkbox" || "reason" in input.dataset ? !input.checked : true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return focusOn(input); // which is then read out as chosen
}

/** To the next or the last question that is asked; into its box, if it has one. */
function step(place, by) {
  const asked = questions.filter((question) => !question.hidden && !question.closest("section").hidden);
  const first = asked.findIndex((question) => place.contains(question));
  const next = place.matches(".ask") ? asked[first + by] : asked[by > 0 ? first : first - 1];
  if (!next) return by > 0 ? focusOn(document.getElementById("end")) : false;
  return focusOn(next.querySelector("textarea, select, input[type=text]") ?? next);
}

function focusOn(element) {
  element.focus({ preventScroll: true });
  (element.closest(".ask") ?? element).scrollIntoView({ block: "nearest" });
  return true;
}

// ---- The clock: how long this page has been open; kept nowhere ----------------

const clock = document.getElementById("clock");
const opened = performance.now();
setInterval(() => {
  const seconds = Math.floor((performance.now() - opened) / 1_000);
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}, 1_000);

show();
