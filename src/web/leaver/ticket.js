// What a browser can do for somebody with a ticket: copy it, keep it if they ask for
// that, fill it in where it is asked for, and forget it. It is kept in localStorage,
// under its campaign, so that it is there when the tab is closed; nothing is kept
// unasked. For this tab only (sessionStorage) stands for which campaign somebody is
// answering, so that what was kept goes when the answers are sent.

const ANSWERING = "answering";
const named = (campaign) => `ticket ${campaign}`;

const shown = document.querySelector("[data-ticket]");
const answering = document.querySelector("[data-answering]");
const asked = document.querySelector("[data-asked]");
const forget = document.querySelector("[data-forget]");
const status = document.querySelector("[data-kept]");

if (shown) offer(shown.dataset);
if (asked) fillIn(asked.querySelector("input"), asked.dataset.asked);
if (answering) may(() => sessionStorage.setItem(ANSWERING, answering.dataset.answering));
if (document.querySelector("[data-sent]")) clear();

/** On the page that shows a ticket. */
function offer({ ticket, campaign }) {
  if (kept(campaign) === ticket) say("kept");
  on("[data-copy]", async () => say(await copied(ticket)));
  on("[data-keep]", () => say(may(() => localStorage.setItem(named(campaign), ticket)) ? "kept" : "refused"));
  forget.addEventListener("click", () => {
    say(drop(campaign));
    document.querySelector("[data-keep]").focus();
  });
}

/** Where a ticket is asked for. */
function fillIn(field, campaign) {
  const ticket = kept(campaign);
  if (ticket !== null) {
    field.value ||= ticket;
    say("kept");
    forget.addEventListener("click", () => {
      field.value = "";
      say(drop(campaign));
      field.focus();
    });
  }
}

/** On the page that says thank you. */
function clear() {
  may(() => {
    localStorage.removeItem(named(sessionStorage.getItem(ANSWERING)));
    sessionStorage.clear();
  });
}

function kept(campaign) {
  let ticket = null;
  may(() => (ticket = localStorage.getItem(named(campaign))));
  return ticket;
}

function drop(campaign) {
  return may(() => localStorage.removeItem(named(campaign))) ? "forgotten" : "refused";
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    return "refused";
  }
}

/** Whether the browser lets us: it may keep its storage to itself. */
function may(use) {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}

function on(button, pressed) {
  document.querySelector(button).disabled = false;
  document.querySelector(button).addEventListener("click", pressed);
}

/** The words are the page's, in its language. Only what is kept can be forgotten. */
function say(what) {
  status.textContent = status.dataset[what];
  if (what !== "copied" && what !== "refused") forget.disabled = what !== "kept";
}
